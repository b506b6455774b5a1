import { randomBytes } from 'node:crypto';

/**
 * The attribute that tells an account that the portal made from every other: `portal`, the address that it was made for, and
 * what the sign-up is called that made it (`attemptName`). Only administrators may see or edit it (`npm run keycloak:setup` declares it), so nobody can mark an account that
 * someone else made. An account whose person has signed in, or has given it another address, is no sign-up any more.
 */
export const SIGN_UP_MARK = 'vestibule-sign-up';

/** First value of the mark, the same on all accounts: what they are searched by. */
export const MADE_BY_PORTAL = 'portal';

/** Domains of accounts that are nobody's (RFC 2606, 2): no mail can ever reach one. */
export const REHEARSAL_DOMAIN = 'rehearsal.invalid';
export const PARKED_DOMAIN = 'parked.invalid';

/** A name that nobody has: short, for realms limit names, and of letters and digits alone. */
export function madeUpName(): string {
  return `v${randomBytes(8).toString('hex')}`;
}

/**
 * The values of the mark for an account with this address.
 * @param attempt see `attemptName`; an account that was given another address is no attempt's any more
 */
export function signUpMark(email: string, attempt?: string): readonly string[] {
  return [MADE_BY_PORTAL, email.toLowerCase(), ...(attempt === undefined ? [] : [attempt])];
}

/** What the sign-up is called that made an account; undefined where nothing says so. */
export function attemptOf(attributes: Readonly<Record<string, readonly string[]>>): string | undefined {
  return attributes[SIGN_UP_MARK]?.[2];
}

/**
 * Whether an account bears the mark for the address that it has.
 * @param attributes of the account, as administrators see them
 * @param email of the account
 */
export function bearsMark(attributes: Readonly<Record<string, readonly string[]>>, email: string): boolean {
  const [maker, address] = attributes[SIGN_UP_MARK] ?? [];
  return maker === MADE_BY_PORTAL && address === email.toLowerCase();
}
