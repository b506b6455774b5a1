/**
 * The two halves of a script's call of a server action, as far as our form needs them: how React writes the arguments
 * (`encodeReply`), and how Next writes an answer that is no page (`generateFlight` with `skipPageRendering`).
 */

/** The arguments as a list: the page's own state, and the form, whose entries stand under this number. */
const ARGUMENTS = /^\[(?:.*[}\]]),"\$K([0-9a-f]{1,4})"\]$/s;

/**
 * The form that the action was called with.
 * @param call its entries, judged (`formOfCall`)
 * @returns undefined where the call has other arguments, or something besides
 */
export function formIn(call: FormData): FormData | undefined {
  const list = call.get('0');
  const [, number] = typeof list === 'string' ? (ARGUMENTS.exec(list) ?? []) : [];
  if (number === undefined) return undefined;
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
