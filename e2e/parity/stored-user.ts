import { REHEARSAL_DOMAIN } from '../../lib/sign-up-mark';
import type { RealmApi } from './keycloak';

/** An account as Keycloak has it, without what differs between any two: ids and times. */
export interface StoredUser {
  readonly username: string;
  readonly email: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly enabled: boolean;
  readonly emailVerified: boolean;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly requiredActions: readonly string[];
  readonly credentials: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

interface UserRepresentation extends StoredUser {
  readonly id: string;
}

/**
 * Takes the new account out of the realm: reads all of it, and deletes it, so that the next one can have its names.
 * @param fixed ids of those who were there before
 * @returns undefined where nobody came to those who were there
 * @throws Error where more than one came
 */
export async function takeNewUser(api: RealmApi, fixed: ReadonlySet<string>): Promise<StoredUser | undefined> {
  const users = await api.get<UserRepresentation[]>('/users?max=20&briefRepresentation=false');
  // A rehearsal of the portal's goes by itself, once the visitor has the answer.
  const found = users.filter(({ id, email }) => !fixed.has(id) && !email?.endsWith(`@${REHEARSAL_DOMAIN}`));
  const [user] = found;
  if (user === undefined) return undefined;
  if (found.length > 1) throw new Error(`One sign-up made ${found.length} accounts`);
  const path = `/users/${user.id}`;
  const [groups, roles, credentials] = await Promise.all([
    api.get<{ path: string }[]>(`${path}/groups`),
    api.get<{ realmMappings?: { name: string }[] }>(`${path}/role-mappings`),
    api.get<{ type: string }[]>(`${path}/credentials`),
  ]);
  await api.must('DELETE', path);
  return {
    username: user.username,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    enabled: user.enabled,
    emailVerified: user.emailVerified,
    attributes: user.attributes ?? {},
    requiredActions: [...user.requiredActions].sort(),
    credentials: credentials.map(({ type }) => type).sort(),
    groups: groups.map((group) => group.path).sort(),
    roles: (roles.realmMappings ?? []).map(({ name }) => name).sort(),
  };
}
