import { caretIn, formatNumber, unformatted } from '@/lib/profile/number-format';
import type { FormModel } from '@/lib/profile/types';

/**
 * Formats what stands in an input (Keycloak's `kcNumberFormat.js`), the caret kept among its digits; any other control is
 * left alone. Keycloak's script waits for keys, this one for input: what is pasted or filled in is formatted, too.
 *
 * @param event the input event, where there is one: text that is still being composed isn't touched
 */
export function formatControl(control: EventTarget, event?: Event): void {
  if (!(control instanceof HTMLInputElement)) return;
  const template = control.getAttribute('data-kcNumberFormat');
  const { isComposing, inputType }: Partial<InputEvent> = event ?? {};
  if (template === null || isComposing) return;
  const { value, selectionStart } = control;
  const formatted = formatNumber(value, template);
  if (formatted === value) return;
  control.value = formatted;
  // Inputs of some types, such as numbers, have no caret to set; one that isn't in use must not draw the focus.
  if (selectionStart === null || document.activeElement !== control) return;
  const caret = caretIn(formatted, value.slice(0, selectionStart), inputType === 'deleteContentForward');
  control.setSelectionRange(caret, caret);
}

/** What the form posts: its values without the format that they are shown in (annotation `kcNumberUnFormat`). */
export function postedData(model: FormModel, form: HTMLFormElement): FormData {
  const data = new FormData();
  for (const [name, value] of unformatted(model, new FormData(form))) data.append(name, value);
  return data;
}
