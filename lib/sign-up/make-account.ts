import 'server-only';
import { removeAccount } from '@/lib/keycloak/account';
import { type Account, findAccount, findAttempt, readAccount } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { type CreateResult, createUser } from '@/lib/keycloak/users';
import { isWhitespace } from '@/lib/profile/java-text';
import type { Violation } from '@/lib/profile/types';
import type { UserFields } from '@/lib/profile/values';
import { attemptOf, bearsMark, madeUpName, REHEARSAL_DOMAIN, SIGN_UP_MARK, signUpMark } from '@/lib/sign-up-mark';
import { audit } from '@/lib/telemetry/audit';
import { AT_ONCE_MS } from './at-once';
import { later } from './later';
import { canBeReplaced, clearTheWay } from './replace';

/** A sign-up that the portal has nothing against. */
export interface CheckedSignUp {
  readonly user: UserFields;
  /** Only in `form` mode, and never empty. */
  readonly password?: string | undefined;
  readonly requiredActions: readonly string[];
  /** What was agreed to, and when, as attributes; two submits of one form differ in the time. */
  readonly evidence: Readonly<Record<string, readonly string[]>>;
  readonly locale: string;
  /** The realm has no usernames but addresses. */
  readonly emailAsUsername: boolean;
  /** The realm lets several accounts have one address. */
  readonly duplicateEmails: boolean;
  /** The realm keeps the portal's mark (`hasMark`). */
  readonly isMarked: boolean;
  /** See `RealmSnapshot.signUpGroup`. */
  readonly inSignUpGroup: boolean;
  /** Id of the account that this browser has made for the same address, if it has. */
  readonly ownId: string | undefined;
  /** See `attemptName`. */
  readonly attempt: string;
}

/**
 * What came of it. The address of `known` is somebody's, and whoever asks must not learn that. `spentMs` is what it took to find
 * out that there is an account, which a new address does not take where there is one account for each: the mail that isn't
 * sent takes so much less (`echoMail`).
 */
export type MadeAccount =
  | { readonly status: 'created'; readonly id: string }
  /** The account is there already, of this very sign-up. */
  | { readonly status: 'repeated'; readonly id: string; readonly spentMs: number }
  | { readonly status: 'known'; readonly owner: Account | undefined; readonly spentMs: number }
  | { readonly status: 'username-taken' }
  | { readonly status: 'invalid'; readonly violations: readonly Violation[] }
  | Unavailable;

/**
 * Makes the account of a sign-up, or finds out why there is one already. Whichever it is, Keycloak judges one new account
 * with these values: where none may stay it is a rehearsal, under an address that nobody can have, which is removed again.
 * So what Keycloak alone can judge is judged alike, and takes as long, for a known address and for a new one (OWASP
 * Authentication cheat sheet, "Authentication and Error Messages").
 * @param signUp to be made for one address at a time: see `inTurn`
 */
export async function makeAccount(checked: CheckedSignUp): Promise<MadeAccount> {
  const signUp = { ...checked, began: performance.now() };
  if (!isOnePerAddress(signUp)) {
    const there = await accountThere(signUp);
    if (there.status === 'unavailable') return there;
    if (there.value !== undefined) return meet(signUp, there.value);
  }
  // Keycloak itself looks whether somebody has the address: who it is, is only asked where somebody does.
  const created = await create(signUp, signUp.user);
  if (created.status === 'taken') return taken(signUp, created.field);
  if (created.status === 'invalid' && isOnePerAddress(signUp)) {
    await accountThere(signUp);
    await asIfKnown(signUp);
  }
  return created;
}

/** One that is being made. */
type SignUp = CheckedSignUp & {
  /** When (milliseconds, `performance.now`). */
  readonly began: number;
};

/** What a sign-up comes to where no new account may stay. */
type Verdict =
  | { readonly status: 'repeated'; readonly id: string }
  | { readonly status: 'known'; readonly owner: Account | undefined };

const repeated = ({ id }: Account) => ({ status: 'repeated', id }) as const;

/** Whether Keycloak makes no second account for the address. */
function isOnePerAddress({ user, duplicateEmails }: CheckedSignUp): boolean {
  return !duplicateEmails && !isWhitespace(user.email ?? '');
}

/** The account that stands where the new one would. */
async function accountThere(signUp: CheckedSignUp) {
  const { user, ownId, attempt, isMarked } = signUp;
  const email = user.email?.toLowerCase() ?? '';
  if (isOnePerAddress(signUp)) return findAccount('email', email);
  const own = ownId === undefined ? undefined : await readAccount(ownId);
  if (own?.status === 'ok' && own.value?.email.toLowerCase() === email) return own;
  // Nothing but its mark tells that this very form has made one already, whose answer was lost.
  return isMarked ? findAttempt(attempt, email) : ({ status: 'ok', value: undefined } as const);
}

/** Keycloak made none: somebody has the address, or another name of these. */
async function taken(signUp: SignUp, field: 'username' | 'email'): Promise<MadeAccount> {
  const there = await accountThere(signUp);
  if (there.status === 'unavailable') return there;
  if (there.value !== undefined) return meet(signUp, there.value);
  if (field === 'username' && isOnePerAddress(signUp)) await asIfKnown(signUp);
  return namedAlike(signUp, field, undefined);
}

/**
 * Of a known address Keycloak says that it is taken before it looks at anything else, which the rehearsal then has it do: what
 * is refused for another reason has to take as long with a new one.
 */
async function asIfKnown(signUp: SignUp): Promise<void> {
  await rehearsed(signUp, { status: 'known', owner: undefined });
}

/** The way had been cleared a moment ago: somebody was faster, perhaps at another instance; or has another name of these. */
async function overtaken(signUp: SignUp, field: 'username' | 'email'): Promise<MadeAccount> {
  const there = await accountThere(signUp);
  if (there.status === 'unavailable') return there;
  if (there.value !== undefined && isSame(signUp, there.value)) return rehearsed(signUp, repeated(there.value));
  return namedAlike(signUp, field, there.value);
}

/** @param owner who has the address, if anybody does */
async function namedAlike(
  signUp: SignUp,
  field: 'username' | 'email',
  owner: Account | undefined,
): Promise<MadeAccount> {
  const { user, emailAsUsername } = signUp;
  return field === 'username' && !emailAsUsername
    ? usernameTaken(signUp, user.username ?? '')
    : rehearsed(signUp, { status: 'known', owner });
}

/** The address has an account: this sign-up's own, one that it may replace, or somebody's. */
async function meet(signUp: SignUp, account: Account): Promise<MadeAccount> {
  const isOwn = account.id === signUp.ownId;
  if ((isOwn && account.emailVerified) || isSame(signUp, account)) return rehearsed(signUp, repeated(account));
  const replaceable = await canBeReplaced(account);
  if (replaceable.status === 'unavailable') return replaceable;
  if (replaceable.value) return replace(signUp, account);
  return rehearsed(signUp, isOwn ? repeated(account) : { status: 'known', owner: account });
}

/** The newer sign-up takes the place of one that nobody has confirmed: either may be the owner's. */
async function replace(signUp: SignUp, account: Account): Promise<MadeAccount> {
  const way = await clearTheWay(account);
  if (way.status === 'unavailable') return way;
  // Confirmed at this very moment.
  if (way.status === 'confirmed') return rehearsed(signUp, { status: 'known', owner: account });
  const created = await create(signUp, signUp.user);
  if (created.status === 'created') {
    audit('sign-up.replaced', { userId: created.id, replaced: account.id });
    later('sign-up.replaced-not-removed', way.forget);
    return created;
  }
  await way.restore();
  return created.status === 'taken' ? overtaken(signUp, created.field) : created;
}

/**
 * A username is a public handle: whoever wants one must learn that it is gone. Not so one that is the address of whoever has
 * it, for that would tell of an address.
 */
async function usernameTaken(signUp: SignUp, username: string): Promise<MadeAccount> {
  if (!username.includes('@')) return { status: 'username-taken' };
  const holder = await findAccount('username', username);
  if (holder.status === 'unavailable') return holder;
  return holder.value?.email.toLowerCase() === username.toLowerCase()
    ? rehearsed(signUp, { status: 'known', owner: holder.value }, madeUpName())
    : { status: 'username-taken' };
}

/**
 * Whether an account is what this sign-up would make: its own, or made of the same values by the same form sent twice, or a
 * moment ago by another. A password can't be compared, so with one it is another sign-up.
 */
function isSame({ user, password, ownId, emailAsUsername, attempt }: CheckedSignUp, account: Account): boolean {
  const { attributes, createdTimestamp } = account;
  const isNear = Date.now() - createdTimestamp < AT_ONCE_MS || attemptOf(attributes) === attempt;
  const isOurs = account.id === ownId || (isNear && bearsMark(attributes, account.email));
  if (!isOurs || account.emailVerified || password !== undefined) return false;
  const equal = (one: string | undefined, other: string | undefined) => (one ?? '') === (other ?? '');
  // A field that was emptied is sent as a blank, and stored as nothing.
  const held = (values: readonly string[]) => JSON.stringify(values.filter((value) => value.trim() !== ''));
  return (
    (emailAsUsername || equal(user.username?.toLowerCase(), account.username)) &&
    equal(user.firstName, account.firstName) &&
    equal(user.lastName, account.lastName) &&
    Object.entries(user.attributes).every(([name, values]) => held(account.attributes[name] ?? []) === held(values))
  );
}

/** Has Keycloak make an account. Where its answer is lost, the account is looked for: it may have been made. */
async function create(signUp: CheckedSignUp, user: UserFields): Promise<CreateResult> {
  const { password, requiredActions, evidence, locale, isMarked, inSignUpGroup, attempt } = signUp;
  const { email = '' } = user;
  const mark = isMarked ? { [SIGN_UP_MARK]: signUpMark(email, attempt) } : {};
  const attributes = { ...user.attributes, ...evidence, ...mark };
  const account = { ...user, attributes, ...(password ? { password } : {}), requiredActions, inSignUpGroup };
  const created = await createUser(account, locale);
  if (created.status !== 'unavailable' || !created.isUncertain || !isMarked) return created;
  const there = await findAttempt(attempt, email);
  const id = there.status === 'ok' ? there.value?.id : undefined;
  audit('sign-up.answer-lost', { reason: created.reason, wasMade: id !== undefined });
  return id === undefined ? created : { status: 'created', id };
}

/**
 * Has Keycloak judge the values on an account that does not stay.
 * @param verdict what it is if Keycloak has nothing against them
 * @param username in place of the one that was typed, where that is known to be taken
 */
async function rehearsed(
  signUp: SignUp,
  verdict: Verdict,
  username = verdict.status === 'repeated' ? madeUpName() : signUp.user.username,
): Promise<MadeAccount> {
  const spentMs = performance.now() - signUp.began;
  const { username: _typed, ...user } = signUp.user;
  const email = `${madeUpName()}@${REHEARSAL_DOMAIN}`;
  const names: { email: string; username?: string } =
    signUp.emailAsUsername || username === undefined ? { email } : { email, username };
  const created = await create(signUp, { ...user, ...names });
  switch (created.status) {
    case 'created':
      later('sign-up.rehearsal-not-removed', () => removeAccount(created.id));
      return { ...verdict, spentMs };
    case 'taken':
      return created.field === 'username' && !signUp.emailAsUsername
        ? usernameTaken(signUp, signUp.user.username ?? '')
        : { ...verdict, spentMs };
    case 'invalid': {
      // The realm may well have rules that no made-up name keeps; the typed ones have passed them in the portal.
      const isTyped = names.username !== undefined && names.username === signUp.user.username;
      const madeUp = isTyped ? ['email'] : ['email', 'username'];
      const violations = created.violations.filter(({ field }) => !madeUp.includes(field));
      return violations.length > 0 ? { status: 'invalid', violations } : { ...verdict, spentMs };
    }
    default:
      return created;
  }
}
