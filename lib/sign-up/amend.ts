import 'server-only';
import { randomUUID } from 'node:crypto';
import { portalConfig } from '@/lib/brand/config';
import { throttleKey } from '@/lib/guards/client-address';
import { isEmailAllowed } from '@/lib/guards/email-rules';
import { atLeast } from '@/lib/guards/even-time';
import { throttle } from '@/lib/guards/throttle';
import { accountState, removeAccount, replaceEmail } from '@/lib/keycloak/account';
import type { Unavailable } from '@/lib/keycloak/admin';
import { matchPattern } from '@/lib/profile/pattern-server';
import { checkValues } from '@/lib/profile/schema';
import type { Violation } from '@/lib/profile/types';
import { log } from '@/lib/telemetry/log';
import type { SignUpForm } from './form';
import type { PendingSignUp } from './pending';
import { pretendMail, sendVerificationMail, startMailCooldown } from './verification-mail';

/** What a change or a cancellation takes at least, whosever the address is (milliseconds). */
const EVEN_MS = 600;

/** What a sign-up can't be amended for. */
type Refusal =
  /** `retryAfter` in seconds. */
  | { readonly status: 'throttled'; readonly retryAfter: number }
  /** The address has been verified meanwhile: the account is a person's, and no longer a sign-up's. */
  | { readonly status: 'verified' }
  /** The account is no more: a newer sign-up took its place, or it was swept. */
  | { readonly status: 'gone' }
  | Unavailable;

export type ChangeResult =
  /** "Check your e-mail" of the new address, whosever it is. */
  | { readonly status: 'changed'; readonly pending: PendingSignUp }
  | { readonly status: 'invalid'; readonly violations: readonly Violation[] }
  | { readonly status: 'same' }
  | Refusal;

/**
 * Replaces the address of a sign-up that isn't verified, and has the link sent there. The link that went to the old address
 * no longer verifies, also where the new one turns out to be taken: otherwise it would tell so.
 * @param pending the visitor's sign-up, as sealed
 * @param form what the realm asks of this visitor
 * @param email what was typed as the new address
 * @param locale the visitor's language
 * @param clientAddress see `clientAddress`
 */
export async function changeAddress(
  pending: PendingSignUp,
  form: SignUpForm,
  email: string,
  locale: string,
  clientAddress: string,
): Promise<ChangeResult> {
  const verdict = checkValues(form.model, { email: [email] }, { locale, matches: matchPattern });
  const violations = verdict.ok ? [] : verdict.violations.filter(({ field }) => field === 'email');
  if (violations.length > 0) return { status: 'invalid', violations };
  if (!isEmailAllowed(email, portalConfig().emailDomains))
    return { status: 'invalid', violations: [{ field: 'email', code: 'emailDomainNotAllowed', params: [] }] };
  if (email.toLowerCase() === pending.email?.toLowerCase()) return { status: 'same' };
  for (const [policy, key] of [
    ['amend', throttleKey(clientAddress)],
    ['mail-target', email.toLowerCase()],
  ] as const) {
    const passage = await throttle(policy, key);
    if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  }
  const result = await atLeast(EVEN_MS, change(pending, email, form.model.emailAsUsername, locale));
  if (result.status === 'unavailable') log('error', 'sign-up.address-unchanged', { reason: result.reason });
  return result;
}

async function change(
  pending: PendingSignUp,
  email: string,
  emailAsUsername: boolean,
  locale: string,
): Promise<ChangeResult> {
  const { userId, actions } = pending;
  const account = await accountState(userId);
  if (account.status === 'unavailable') return account;
  if (account.status === 'gone' && pending.own === 1) return account;
  if (account.status === 'there') {
    if (account.verified) return { status: 'verified' };
    const replaced = await replaceEmail(userId, email, emailAsUsername);
    if (replaced.status === 'unavailable') return replaced;
    if (replaced.status === 'invalid')
      return { status: 'invalid', violations: [{ field: 'email', code: 'invalidEmailMessage', params: [] }] };
    if (replaced.status === 'changed') {
      const mail = await sendVerificationMail(userId, locale, actions);
      log('info', 'sign-up.address-changed', { userId, mail });
      return { status: 'changed', pending: { ...pending, email, own: 1, mail } };
    }
    if (replaced.status === 'taken') await park(userId, emailAsUsername);
  }
  log('info', 'sign-up.address-known');
  await startMailCooldown(userId);
  return { status: 'changed', pending: { ...pending, email, own: 0, mail: await pretendMail() } };
}

/**
 * Gives an account an address that nobody can have (RFC 2606, 2), so that its old link is refused just as if it had got the
 * new one. It stays this visitor's, who may change the address once more.
 */
async function park(userId: string, emailAsUsername: boolean): Promise<void> {
  const parked = await replaceEmail(userId, `${randomUUID()}@parked.invalid`, emailAsUsername);
  // A realm whose own rules refuse such an address: no account verifies nothing, either.
  if (parked.status !== 'changed') await removeAccount(userId);
}

export type CancelResult = { readonly status: 'cancelled' } | Exclude<Refusal, { status: 'gone' }>;

/**
 * Removes the account of a sign-up that isn't verified; only that which the sealed cookie names.
 * @param pending the visitor's sign-up, as sealed
 * @param clientAddress see `clientAddress`
 */
export async function cancelSignUp(pending: PendingSignUp, clientAddress: string): Promise<CancelResult> {
  const passage = await throttle('amend', throttleKey(clientAddress));
  if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  const result = await atLeast(EVEN_MS, remove(pending.userId));
  log(result.status === 'unavailable' ? 'error' : 'info', 'sign-up.cancelled', {
    userId: pending.userId,
    outcome: result.status,
  });
  return result;
}

async function remove(userId: string): Promise<CancelResult> {
  // Asked at the last moment: whoever opens the link just now keeps their account.
  const account = await accountState(userId);
  if (account.status === 'unavailable') return account;
  if (account.status === 'gone') return { status: 'cancelled' };
  if (account.verified) return { status: 'verified' };
  return (await removeAccount(userId))
    ? { status: 'cancelled' }
    : { status: 'unavailable', reason: 'account not removed' };
}
