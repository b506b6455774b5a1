import 'server-only';
import { throttleKey } from '@/lib/guards/client-address';
import { atLeast } from '@/lib/guards/even-time';
import { mailboxOf } from '@/lib/guards/mailbox';
import { throttle, throttleAll } from '@/lib/guards/throttle';
import { accountState, removeAccount, replaceEmail } from '@/lib/keycloak/account';
import { type Account, findAccount, readAccount } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { matchPattern } from '@/lib/profile/pattern-server';
import { checkValues } from '@/lib/profile/schema';
import type { Violation } from '@/lib/profile/types';
import { madeUpName, PARKED_DOMAIN } from '@/lib/sign-up-mark';
import { audit } from '@/lib/telemetry/audit';
import { inTurn } from './at-once';
import type { SignUpForm } from './form';
import { later } from './later';
import { tellOwner } from './owner';
import type { PendingSignUp } from './pending';
import { canBeReplaced, clearTheWay } from './replace';
import { emailViolations } from './rules';
import { echoVerificationMail, sendVerificationMail } from './verification-mail';

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
  const broken = emailViolations(email, form);
  if (broken.length > 0) return { status: 'invalid', violations: broken };
  if (email.toLowerCase() === pending.email?.toLowerCase()) return { status: 'same' };
  const passage = await throttleAll([
    ['amend', throttleKey(clientAddress)],
    ['mail-target', mailboxOf(email)],
  ]);
  if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  // One after the other for an account as well as for an address: of two writes at once Keycloak keeps both marks.
  const work = () => inTurn(`account ${pending.userId}`, () => change(pending, form, email, locale, clientAddress));
  const result = await atLeast(EVEN_MS, inTurn(email.toLowerCase(), work));
  if (result.status === 'unavailable') {
    const { userId, clientId } = pending;
    audit('sign-up.address-unchanged', { userId, reason: result.reason }, clientId);
  }
  return result;
}

async function change(
  pending: PendingSignUp,
  { snapshot, model }: SignUpForm,
  email: string,
  locale: string,
  clientAddress: string,
): Promise<ChangeResult> {
  const { userId, actions } = pending;
  const { emailAsUsername } = model;
  const found = await readAccount(userId);
  if (found.status === 'unavailable') return found;
  const account = found.value;
  if (account === undefined && pending.own === 1) return { status: 'gone' };
  if (account?.emailVerified) return { status: 'verified' };
  if (account !== undefined) {
    const given = await giveAddress(account, email, emailAsUsername);
    if (given === 'changed') {
      audit('sign-up.address-changed', { userId }, pending.clientId);
      const mail = await sendVerificationMail(userId, locale, actions, clientAddress);
      return { status: 'changed', pending: { ...pending, email, own: 1, mail } };
    }
    if (given === 'invalid')
      return { status: 'invalid', violations: [{ field: 'email', code: 'invalidEmailMessage', params: [] }] };
    if (given === 'gone') return { status: 'gone' };
    if (typeof given === 'object') return given;
  }
  audit('sign-up.address-known', {}, pending.clientId);
  const owner = await findAccount('email', email);
  if (owner.status === 'ok' && owner.value !== undefined) tellOwner(owner.value, snapshot, pending);
  return { status: 'changed', pending: { ...pending, email, own: 0, mail: await echoVerificationMail(userId) } };
}

/**
 * Gives an account another address, also one of a sign-up that nobody has confirmed: the newer one takes its place.
 * @returns `known` where it is somebody's; the account has an address then that nobody can have. `gone` where the account is
 *   no more, or a person's by now
 */
async function giveAddress(
  account: Account,
  email: string,
  asUsername: boolean,
): Promise<'changed' | 'known' | 'invalid' | 'gone' | Unavailable> {
  const first = await replaceEmail(account, email, asUsername);
  if (first.status === 'unavailable') return first;
  if (first.status !== 'taken') return first.status;
  const holder = await findAccount('email', email);
  if (holder.status === 'unavailable') return holder;
  const other = holder.value;
  const replaceable = other === undefined ? undefined : await canBeReplaced(other);
  if (other !== undefined && replaceable?.status === 'ok' && replaceable.value) {
    const way = await clearTheWay(other);
    if (way.status === 'unavailable') return way;
    if (way.status === 'clear') {
      const second = await replaceEmail(account, email, asUsername);
      if (second.status === 'changed') {
        audit('sign-up.replaced', { userId: account.id, replaced: other.id });
        later('sign-up.replaced-not-removed', way.forget);
        return 'changed';
      }
      await way.restore();
    }
  }
  await park(account, asUsername);
  return 'known';
}

/**
 * Gives an account an address that nobody can have, so that its old link is refused just as if it had got the new one. It
 * stays this visitor's, who may change the address once more.
 */
async function park(account: Account, asUsername: boolean): Promise<void> {
  const parked = await replaceEmail(account, `${madeUpName()}@${PARKED_DOMAIN}`, asUsername);
  // A realm whose own rules refuse such an address: no account verifies nothing, either.
  if (parked.status !== 'changed') await removeAccount(account.id);
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
  audit('sign-up.cancelled', { userId: pending.userId, outcome: result.status }, pending.clientId);
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
