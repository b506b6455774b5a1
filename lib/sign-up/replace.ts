import 'server-only';
import { removeAccount } from '@/lib/keycloak/account';
import { type Account, type Found, isUntouched, readAccount, writeAccount } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { bearsMark, madeUpName, PARKED_DOMAIN, SIGN_UP_MARK, signUpMark } from '@/lib/sign-up-mark';

/**
 * Whether an account is a sign-up that nobody has confirmed, made by the portal and touched by no one else. Only such a one
 * may be replaced, or swept. One that the portal may not change is somebody's, whatever it bears.
 */
export async function canBeReplaced(account: Account): Promise<Found<boolean>> {
  const isOpen = account.access.manage && account.enabled && !account.emailVerified;
  if (!isOpen || !bearsMark(account.attributes, account.email)) return { status: 'ok', value: false };
  return isUntouched(account);
}

/** The names of an account are free now. */
interface Way {
  readonly status: 'clear';
  /** Gives the names back. */
  readonly restore: () => Promise<boolean>;
  /** Removes the account for good. */
  readonly forget: () => Promise<boolean>;
}

/**
 * Frees the names of an account that can be replaced: it gets names that nobody can have. Its link no longer verifies then,
 * so that from here on nobody can confirm it; whoever did so just before keeps it.
 * @returns `confirmed` where somebody did
 */
export async function clearTheWay(account: Account): Promise<Way | { readonly status: 'confirmed' } | Unavailable> {
  const name = madeUpName();
  const email = `${name}@${PARKED_DOMAIN}`;
  const attributes = { ...account.attributes, [SIGN_UP_MARK]: [...signUpMark(email)] };
  // With the address as username Keycloak sets that itself.
  const username = account.username === account.email ? email : name;
  const isParked = await writeAccount({ ...account, username, email, attributes });
  const now = await readAccount(account.id);
  if (now.status === 'unavailable') return now;
  const restore = () => writeAccount(account);
  const forget = () => removeAccount(account.id);
  if (now.value?.emailVerified) {
    if (isParked) await restore();
    return { status: 'confirmed' };
  }
  // A realm whose own rules refuse such names; what can't be parked is removed at once.
  if (!isParked && now.value !== undefined && !(await forget()))
    return { status: 'unavailable', reason: 'account neither parked nor removed' };
  return isParked
    ? { status: 'clear', restore, forget }
    : { status: 'clear', restore: async () => false, forget: async () => true };
}
