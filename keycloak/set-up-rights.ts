import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import type { ChangeLog } from './change-log';
import { hasFineGrainedPermissions, setUpPermissions } from './permissions';
import { ADMIN_CLIENT } from './portal-clients';
import { setUpProviderGroups } from './provider-groups';
import { MANAGE_USERS, type NeededRole, neededRoles } from './roles';
import { serviceAccountOf } from './set-up-clients';
import { settleSurplus, setUpRoles } from './set-up-roles';
import { ensureSignUpGroup, setUpMembers } from './sign-up-group';

/** What of `SetUpOptions` says how much the portal may do. */
interface RightsOptions {
  readonly identityProviders?: boolean;
  readonly permissions?: 'fine-grained' | 'roles';
  readonly removeSurplusRoles?: boolean;
}

/** What remains where `manage-users` is given, in one line. */
function remains(byChoice: boolean): string {
  const why = byChoice
    ? 'by --permissions roles'
    : 'because this Keycloak has no fine-grained admin permissions (26.2 and later, feature admin-fine-grained-authz)';
  return `ATTENTION: ${ADMIN_CLIENT} holds ${MANAGE_USERS} ${why}: whoever steals its secret can reset an administrator's password and take over the realm`;
}

/**
 * Gives the service account of `portal-admin` what the portal needs, and no more: roles to read the realm, and fine-grained
 * permissions to manage the accounts that it makes. The old way, a role to manage all users, only goes when it is asked to.
 * @param realm the realm as Keycloak holds it
 * @param managementId internal id of the client `realm-management`
 * @param clientUuid internal id of `portal-admin`; undefined in a dry run that would have to make it
 * @returns the roles that the account needs
 */
export async function setUpRights(
  admin: KeycloakAdminClient,
  { realm, adminPermissionsEnabled = false }: RealmRepresentation & { realm: string },
  managementId: string,
  clientUuid: string | undefined,
  options: RightsOptions,
  log: ChangeLog,
): Promise<readonly NeededRole[]> {
  const { identityProviders = false, permissions = 'fine-grained', removeSurplusRoles = false } = options;
  const byChoice = permissions === 'roles';
  const fineGrained = !byChoice && (await hasFineGrainedPermissions(admin));
  const needed = neededRoles(identityProviders, fineGrained);
  const account =
    clientUuid === undefined ? undefined : { clientUuid, userId: await serviceAccountOf(admin, realm, clientUuid) };
  await setUpRoles(admin, realm, managementId, account, needed, log);
  if (fineGrained) {
    const groupId = await ensureSignUpGroup(admin, realm, log);
    await setUpPermissions(admin, realm, adminPermissionsEnabled, account?.userId, groupId, log);
    if (groupId !== undefined) await setUpMembers(admin, realm, managementId, groupId, log);
    if (identityProviders) await setUpProviderGroups(admin, realm, log);
  } else {
    log.notes.push(remains(byChoice));
  }
  if (account !== undefined) await settleSurplus(admin, realm, account, needed, removeSurplusRoles, log);
  return needed;
}
