import 'server-only';
import { audit } from '@/lib/telemetry/audit';
import { readPendingSignUp } from './pending';
import { isFirst } from './told';

/**
 * Tells that somebody has signed in, and whether a sign-up is finished by it. Only in a route handler.
 * @param userId Keycloak's id of the account
 * @param wasSignUp whether the account was still a sign-up until now: see `settle`
 */
export async function tellArrival(userId: string, wasSignUp: boolean): Promise<void> {
  const pending = await readPendingSignUp();
  const isPending = pending?.own === 1 && pending.userId === userId;
  const isOurs = wasSignUp || isPending;
  const { clientId } = isPending ? pending : {};
  // On another device nobody has waited for it.
  if (isOurs && (await isFirst('verified', userId))) audit('sign-up.verified', { userId }, clientId);
  const finishes = isOurs && (await isFirst('signed-in', userId));
  audit('sign-in.done', { userId, finishes }, clientId);
}
