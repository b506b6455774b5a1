import 'server-only';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { log, reason } from '@/lib/telemetry/log';
import { realmSnapshot } from './snapshot';
import { accessToken } from './token';

const SET_UP = 'npm run keycloak:setup -- --remove-surplus-roles';

/** Rights that would make a stolen secret worth more than the portal needs it to be, and why each matters. */
const SURPLUS: Readonly<Record<string, string>> = {
  'view-clients': "shows every client's secret in clear",
  'create-client': 'makes clients, and sees their secrets',
  'manage-clients': 'changes every client and shows its secret',
  'manage-realm': 'changes the realm itself',
  'realm-admin': 'is the whole realm',
  'manage-identity-providers': 'lets a provider be added that signs anyone in',
  'manage-authorization': 'changes authorization policies',
  admin: 'is the whole server',
  impersonation: 'signs in as anybody',
  'manage-events': 'clears the audit trail',
};

/** What the account needs only where it has no fine-grained permissions on a group of its own. */
const MANAGE_USERS = {
  role: 'manage-users',
  why: "resets an administrator's password: whoever steals the secret has the realm, although the portal needs it no more",
};

const roleList = z.object({ roles: z.array(z.string()) });
const claims = z.object({
  resource_access: z.record(z.string(), roleList).default({}),
  realm_access: roleList.default({ roles: [] }),
});

/**
 * The surplus roles in an access token of the service account.
 * @param token JWT as Keycloak issued it; it is not verified, since it was just fetched from Keycloak itself
 * @param hasGroup whether the realm has the group of the accounts that the portal may manage
 * @returns role names with the reason why each matters
 */
export function surplusRoles(
  token: string,
  hasGroup = false,
): readonly { readonly role: string; readonly why: string }[] {
  const { resource_access, realm_access } = claims.parse(decodeJwt(token));
  const held = new Set([...Object.values(resource_access), realm_access].flatMap((one) => one.roles));
  const surplus = Object.entries(SURPLUS).map(([role, why]) => ({ role, why }));
  return [...(hasGroup ? [MANAGE_USERS] : []), ...surplus].filter(({ role }) => held.has(role));
}

/** Says loudly, at start, that the account holds more than it needs. It serves all the same: the operator decides. */
export async function watchServiceAccount(): Promise<void> {
  try {
    const hasGroup = (await realmSnapshot())?.signUpGroup !== undefined;
    for (const { role, why } of surplusRoles(await accessToken(), hasGroup))
      log('error', 'service-account.surplus-role', { role, why, mend: SET_UP });
  } catch (error) {
    log('warn', 'service-account.unchecked', { reason: reason(error) });
  }
}
