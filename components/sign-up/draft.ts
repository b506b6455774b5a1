import type { FormValues } from '@/lib/profile/types';

/** One draft for the tab: it is written when the language is switched and taken by the very next form. */
const KEY = 'vestibule.draft';

/**
 * Keeps what was typed while the page is left for the same page in another language. The tab's own storage: it is gone
 * with the tab, and no other tab sees it.
 * @param values without passwords
 */
export function keepDraft(values: FormValues): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(values));
  } catch {
    // Storage is switched off; the visitor then types again, as on any page.
  }
}

/** Takes the draft, if there is one, and leaves none behind. */
export function takeDraft(): FormValues | undefined {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const parsed: unknown = kept === null ? undefined : JSON.parse(kept);
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
