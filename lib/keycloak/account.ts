import 'server-only';
import { bearsMark, SIGN_UP_MARK, signUpMark } from '@/lib/sign-up-mark';
import type { Account } from './accounts';
import { callAdmin, type Unavailable } from './admin';

/** What the journey after the form must know of an account; nothing of the person. */
export type AccountState =
  | {
      readonly status: 'there';
      readonly verified: boolean;
      /** Ids of the required actions that Keycloak will ask of this person. */
      readonly requiredActions: readonly string[];
    }
  | { readonly status: 'gone' }
  | Unavailable;

/**
 * Whether an account is still there, and verified.
 * @param id the user's id
 */
export async function accountState(id: string): Promise<AccountState> {
  const answer = await callAdmin((client) => client.users.findOne({ id }));
  if (answer.status === 'refused')
    return answer.http === 404 ? { status: 'gone' } : { status: 'unavailable', reason: `HTTP ${answer.http}` };
  if (answer.status === 'unavailable') return answer;
  // The client makes "not found" of Keycloak nothing at all.
  if (answer.value === null || answer.value === undefined) return { status: 'gone' };
  const { emailVerified, requiredActions } = answer.value;
  return { status: 'there', verified: emailVerified === true, requiredActions: requiredActions ?? [] };
}

export type AddressResult =
  | { readonly status: 'changed' }
  /** Somebody has the new address, as username or as e-mail. */
  | { readonly status: 'taken' }
  | { readonly status: 'gone' }
  /** Keycloak does not take this address. */
  | { readonly status: 'invalid' }
  | Unavailable;

/**
 * Replaces the address of an account, which is unverified from then on; a mark of the portal's goes along. A mailed link
 * carries the address that it was sent to and is refused once the account has another
 * (`AbstractActionTokenHandler.verifyEmail`).
 * @param account as it was read a moment ago; its attributes are written as they are there
 * @param email the new address
 * @param asUsername whether the realm has the address as username
 */
export async function replaceEmail(account: Account, email: string, asUsername: boolean): Promise<AddressResult> {
  const { id, username, firstName, lastName } = account;
  const isMarked = bearsMark(account.attributes, account.email);
  const attributes = isMarked ? { ...account.attributes, [SIGN_UP_MARK]: [...signUpMark(email)] } : account.attributes;
  const answer = await callAdmin((client) =>
    client.users.update(
      { id },
      {
        username: asUsername ? email : username,
        email,
        emailVerified: false,
        ...(firstName === undefined ? {} : { firstName }),
        ...(lastName === undefined ? {} : { lastName }),
        attributes,
      },
    ),
  );
  if (answer.status === 'ok') return { status: 'changed' };
  if (answer.status === 'unavailable') return answer;
  if (answer.http === 409) return { status: 'taken' };
  if (answer.http === 404) return { status: 'gone' };
  return answer.http === 400 ? { status: 'invalid' } : { status: 'unavailable', reason: `HTTP ${answer.http}` };
}

/**
 * Replaces the list of what Keycloak will ask of a person.
 * @param id the user's id
 * @param requiredActions the whole new list
 * @returns false when Keycloak did not take it
 */
export async function setRequiredActions(id: string, requiredActions: readonly string[]): Promise<boolean> {
  const answer = await callAdmin((client) => client.users.update({ id }, { requiredActions: [...requiredActions] }));
  return answer.status === 'ok';
}

/**
 * Removes an account.
 * @param id the user's id
 * @returns true when it is no more
 */
export async function removeAccount(id: string): Promise<boolean> {
  const answer = await callAdmin((client) => client.users.del({ id }));
  return answer.status === 'ok' || (answer.status === 'refused' && answer.http === 404);
}
