import 'server-only';
import { z } from 'zod';
import { bearsMark, SIGN_UP_MARK, signUpMark } from '@/lib/sign-up-mark';
import type { Account } from './accounts';
import { callAdmin, LOOK, REPEATABLE, type Unavailable } from './admin';

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
  const answer = await callAdmin((client) => client.users.findOne({ id }), LOOK);
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
  /** There is no such account any more, or none that the portal may change: it is a person's by now. */
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
  const answer = await callAdmin(
    (client) =>
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
    REPEATABLE,
  );
  if (answer.status === 'ok') return { status: 'changed' };
  if (answer.status === 'unavailable') return answer;
  if (answer.http === 409) return { status: 'taken' };
  if (answer.http === 404 || answer.http === 403) return { status: 'gone' };
  return answer.http === 400 ? { status: 'invalid' } : { status: 'unavailable', reason: `HTTP ${answer.http}` };
}

/**
 * Replaces the list of what Keycloak will ask of a person.
 * @param id the user's id
 * @param requiredActions the whole new list
 * @returns false when Keycloak did not take it
 */
export async function setRequiredActions(id: string, requiredActions: readonly string[]): Promise<boolean> {
  const answer = await callAdmin(
    (client) => client.users.update({ id }, { requiredActions: [...requiredActions] }),
    REPEATABLE,
  );
  return answer.status === 'ok';
}

/**
 * Removes an account.
 * @param id the user's id
 * @returns true when it is no more
 */
export async function removeAccount(id: string): Promise<boolean> {
  const answer = await callAdmin((client) => client.users.del({ id }), REPEATABLE);
  return answer.status === 'ok' || (answer.status === 'refused' && answer.http === 404);
}

/**
 * The values of one attribute of an account.
 * @param id the user's id
 * @param name of the attribute
 * @returns none where it has none; undefined when Keycloak can't be asked, or knows no such account
 */
export async function attributeValues(id: string, name: string): Promise<readonly string[] | undefined> {
  const answer = await callAdmin((client) => client.users.findOne({ id }), REPEATABLE);
  return answer.status === 'ok' && answer.value ? valuesOf(answer.value.attributes, name) : undefined;
}

function valuesOf(attributes: unknown, name: string): string[] {
  const parsed = z.record(z.string(), z.array(z.string())).safeParse(attributes ?? {});
  return parsed.success && Object.hasOwn(parsed.data, name) ? (parsed.data[name] ?? []) : [];
}

/**
 * Adds a value to an attribute of an account. Keycloak replaces all attributes at once, and takes those with columns of
 * their own for removed where they are left out, so all that was read is sent back.
 * @param id the user's id
 * @param name of the attribute
 * @param value the new value; the earlier ones stay
 * @returns `refused` where Keycloak does not take the account as it is, `not-ours` where the portal may not change it
 */
export async function addToAttribute(
  id: string,
  name: string,
  value: string,
): Promise<'added' | 'refused' | 'not-ours' | 'unavailable'> {
  const found = await callAdmin((client) => client.users.findOne({ id }), REPEATABLE);
  if (found.status !== 'ok' || !found.value) return 'unavailable';
  const { username, email, firstName, lastName, attributes } = found.value;
  const root = Object.entries({ username, email, firstName, lastName }).filter(([, one]) => one !== undefined);
  const all = { ...attributes, [name]: [...valuesOf(attributes, name), value] };
  const answer = await callAdmin(
    (client) => client.users.update({ id }, { ...Object.fromEntries(root), attributes: all }),
    REPEATABLE,
  );
  if (answer.status === 'ok') return 'added';
  if (answer.status === 'unavailable') return 'unavailable';
  return answer.http === 403 ? 'not-ours' : 'refused';
}
