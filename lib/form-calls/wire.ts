/**
 * The two halves of a script's call of a server action, as far as our form needs them: how React writes the arguments
 * (`encodeReply`), and how Next writes an answer that is no page (`generateFlight` with `skipPageRendering`).
 */

/** The form among the arguments: its entries stand under this number. */
const FORM = /^\$K([0-9a-f]{1,4})$/;

/**
 * The form that the action was called with.
 * @param call its entries, judged (`formOfCall`)
 * @returns undefined where the call has other arguments, or something besides
 */
export function formIn(call: FormData): FormData | undefined {
  const list: unknown = JSON.parse(String(call.get('0')));
  const [state, reference, ...more] = Array.isArray(list) ? list : [];
  const [, number] = FORM.exec(String(reference)) ?? [];
  if (number === undefined || typeof state !== 'object' || state === null || more.length > 0) return undefined;
  const prefix = `_${number}_`;
  const form = new FormData();
  for (const [name, value] of call) {
    if (name === '0') continue;
    if (!name.startsWith(prefix)) return undefined;
    form.append(name.slice(prefix.length), value);
  }
  return form;
}

/** What an answer to a call is, as Next says it. */
export const ANSWER_TYPE = 'text/x-component';

/**
 * An answer to a call.
 * @param result of the action: plain data, in which no text begins with a dollar sign
 */
export function answerWith(result: object): string {
  return `0:{"a":"$@1","q":"","i":false}\n1:${JSON.stringify(result)}\n`;
}

/**
 * What the action comes to once the sign-up is made: the state of a form that leads on.
 * @param locale of the page
 */
export function onwards(locale: string) {
  return { attempt: 0, values: {}, errors: {}, next: `/${locale}/sign-up/check-email` };
}
