import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import { MARKETING_ATTRIBUTE, TERMS_ATTRIBUTE } from '../../lib/consent-attributes';
import { bearsMark, SIGN_UP_MARK } from '../../lib/sign-up-mark';
import type { RealmApi } from '../parity/keycloak';
import type { Made } from './generate';
import { asReceived, type Part } from './post';
import { MARKER } from './values';

/** An account as administrators see it, with what it may do. */
export interface FoundUser extends UserRepresentation {
  readonly id: string;
  readonly roles: readonly string[];
  readonly groupPaths: readonly string[];
}

/** What the portal itself writes on an account, beside what was typed. */
const OWN_ATTRIBUTES: readonly string[] = [SIGN_UP_MARK, TERMS_ATTRIBUTE, MARKETING_ATTRIBUTE, 'locale'];

/** A name of a sign-up whose address turned out to be taken: nobody's. */
const MADE_UP = /^v[0-9a-f]{16}(@parked\.invalid)?$/;

const PAGE = 200;

/** All accounts of the realm but those that are known. */
export async function newUsers(api: RealmApi, known: ReadonlySet<string>): Promise<FoundUser[]> {
  const found: FoundUser[] = [];
  for (let first = 0; ; first += PAGE) {
    const page = await api.get<(UserRepresentation & { id: string })[]>(
      `/users?briefRepresentation=false&first=${first}&max=${PAGE}`,
    );
    for (const user of page) {
      if (known.has(user.id)) continue;
      const roles = await api.get<{ realmMappings?: { name: string }[]; clientMappings?: object }>(
        `/users/${user.id}/role-mappings`,
      );
      const groups = await api.get<{ path: string }[]>(`/users/${user.id}/groups`);
      found.push({
        ...user,
        roles: [
          ...(roles.realmMappings ?? []).map(({ name }) => name),
          ...Object.keys(roles.clientMappings ?? {}),
        ].sort(),
        groupPaths: groups.map(({ path }) => path).sort(),
      });
    }
    if (page.length < PAGE) return found;
  }
}

/** The posts that an account may have come from, by the markers in it. */
export function originsOf(user: FoundUser): { seed: number; index: number }[] {
  const text = JSON.stringify([user.username, user.email, user.firstName, user.lastName, user.attributes]);
  const all = [...text.matchAll(MARKER)].map(([, seed, index]) => `${seed} ${index}`);
  return [...new Set(all)].map((one) => {
    const [seed, index] = one.split(' ').map(Number);
    return { seed: seed ?? 0, index: index ?? 0 };
  });
}

/** What a browser posts as line breaks. */
const withPostedBreaks = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

function wasPosted(parts: readonly Part[], name: string, stored: string): boolean {
  const isLowered = name === 'username' || name === 'email';
  const seen = (text: string) => (isLowered ? text.toLowerCase() : text);
  return parts.some(
    (part) =>
      part.name === name &&
      [asReceived(part.value), withPostedBreaks(asReceived(part.value))].some((value) => seen(value) === seen(stored)),
  );
}

/**
 * Judges one account: nobody's form could have made it if it is more than a sign-up, or holds what was not posted.
 * @param posts those that it may have come from, and the harmless sign-ups of the fuzzer's own visitors
 * @param asked names of the sign-up form's fields
 * @param usual what every account of the portal has: roles and groups
 * @returns what is wrong with it
 */
export function judgeUser(
  user: FoundUser,
  posts: readonly Pick<Made, 'parts'>[],
  asked: ReadonlySet<string>,
  usual: Pick<FoundUser, 'roles' | 'groupPaths'>,
): string[] {
  const faults: string[] = [];
  const { username = '', email = '', firstName = '', lastName = '', attributes = {}, enabled, emailVerified } = user;
  if (enabled !== true) faults.push('is not enabled');
  if (emailVerified !== false) faults.push('is verified, and nobody has opened a link');
  if (String(user.roles) !== String(usual.roles)) faults.push(`has the roles ${user.roles}`);
  if (String(user.groupPaths) !== String(usual.groupPaths)) faults.push(`is in the groups ${user.groupPaths}`);
  if (!bearsMark(attributes, email)) faults.push('does not bear the mark of its address');
  const names: [string, string][] = [
    ['username', username],
    ['email', email],
    ['firstName', firstName],
    ['lastName', lastName],
  ];
  const typed = Object.entries(attributes).filter(([name]) => !OWN_ATTRIBUTES.includes(name));
  const values = [
    ...names,
    ...typed.flatMap(([name, all]) => (all as string[]).map((value): [string, string] => [name, value])),
  ];
  for (const [name, value] of values) {
    if (value === '' || MADE_UP.test(value)) continue;
    if (!asked.has(name)) faults.push(`has ${name}, which no form asks for`);
    else if (!posts.some(({ parts }) => wasPosted(parts, name, value)))
      faults.push(`has a ${name} that was not posted`);
  }
  return faults;
}
