/**
 * What a server action is called with is anyone's word, whatever its types say: a script can call it with any arguments, or
 * with none. These make of it what the action was made for.
 */

/** The form that an action was called with; an empty one where it was called with something else. */
export function formOf(posted: unknown): FormData {
  return posted instanceof FormData ? posted : new FormData();
}

/** A page's own word about itself (the state of a form), as far as it is an object at all. */
export function stateOf(posted: unknown): Readonly<Record<string, unknown>> {
  return typeof posted === 'object' && posted !== null ? { ...posted } : {};
}

/** More answers than anybody has got out of one page. */
const MOST_ATTEMPTS = 1_000_000;

/** The number of the next answer: one more than the page says that it had, which may say anything. */
export function nextAttempt(posted: unknown): number {
  const { attempt } = stateOf(posted);
  const isCount = typeof attempt === 'number' && Number.isInteger(attempt) && attempt >= 0 && attempt < MOST_ATTEMPTS;
  return isCount ? attempt + 1 : 1;
}
