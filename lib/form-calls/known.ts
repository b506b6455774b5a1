import 'server-only';
import { processWide } from '@/lib/process-wide';
import type { SignUpResult } from '@/lib/sign-up/sign-up';

/** What Next and whoever answers before it tell each other. */
interface Known {
  /** The name by which this build's pages call the form's action. */
  action: string | undefined;
  /** Results of calls that Next has still to answer, by the request's name. */
  readonly results: Map<string, SignUpResult>;
}

const known = () => processWide<Known>('form-calls', () => ({ action: undefined, results: new Map() }));

/**
 * Remembers what the form's action is called: Next makes the names as it builds, and has found the action by this one.
 * @param action the header `next-action` of a call that has reached the action; null where a form was posted without scripts
 */
export function noteAction(action: string | null): void {
  if (action !== null) known().action = action;
}

/** @returns whether a call is known to be for the form's action */
export function isOfForm(action: string | undefined): boolean {
  return action !== undefined && action === known().action;
}

/**
 * Leaves the answer to Next, which has all words.
 * @param requestId the request's name (`REQUEST_ID`), which nobody else can give
 * @param result what the sign-up came to: it is not made a second time
 * @returns forgets it
 */
export function leaveResult(requestId: string, result: SignUpResult): () => void {
  const { results } = known();
  results.set(requestId, result);
  return () => results.delete(requestId);
}

/** What the sign-up of this very request has come to already; undefined where nobody has seen to it yet. */
export function resultOfCall(requestId: string | null): SignUpResult | undefined {
  return known().results.get(requestId ?? '');
}
