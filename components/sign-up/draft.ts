import { type FormValues, PASSWORD_FIELDS } from '@/lib/profile/types';

/** One draft for the tab. The tab's own storage: it is gone with the tab, and no other tab sees it. */
const KEY = 'vestibule.draft';

/** Whether a control holds anything else than what the page put there. */
function isTouched(control: Element): boolean {
  if (control instanceof HTMLSelectElement)
    return [...control.selectedOptions].some((option) => !option.defaultSelected && option.value !== '');
  if (control instanceof HTMLInputElement && control.checked !== control.defaultChecked) return true;
  return 'defaultValue' in control && 'value' in control && control.value !== control.defaultValue;
}

/**
 * Keeps what was typed, for when the page comes back: loaded anew, in another language, after a fault. Never a password.
 * @param names the fields to keep
 */
export function keepDraft(form: HTMLFormElement, names: readonly string[]): void {
  const controls = names.flatMap((name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]);
  if (!controls.some(isTouched)) return;
  const data = new FormData(form);
  const values = names
    .filter((name) => !PASSWORD_FIELDS.includes(name))
    .map((name) => [name, data.getAll(name).filter((one) => typeof one === 'string')]);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(values)));
  } catch {
    // Storage is switched off; the visitor then types again, as on any page.
  }
}

/** Forgets the draft, once it has become a sign-up. */
export function dropDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // See above.
  }
}

/** @returns the draft, if there is one */
export function readDraft(): FormValues | undefined {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    return Object.fromEntries(
      Object.entries(parsed).filter(
        (entry): entry is [string, string[]] =>
          Array.isArray(entry[1]) && entry[1].every((value) => typeof value === 'string'),
      ),
    );
  } catch {
    return undefined;
  }
}
