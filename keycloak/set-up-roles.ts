import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type RoleRepresentation from '@keycloak/keycloak-admin-client/lib/defs/roleRepresentation.js';
import { type ChangeLog, change } from './change-log';
import { ADMIN_CLIENT } from './portal-clients';
import { type HeldRole, MANAGE_USERS, type NeededRole, roleLabel, surplusRoles } from './roles';

const grantLine = (role: string) => `give ${ADMIN_CLIENT} the role ${role}`;
const scopeLine = (role: string) => `let the token of ${ADMIN_CLIENT} carry ${role}`;

type Mapping = { readonly id: string; readonly name: string };

function mappable(roles: readonly RoleRepresentation[]): Mapping[] {
  return roles.flatMap(({ id, name }) => (id !== undefined && name !== undefined ? [{ id, name }] : []));
}

async function heldRoles(admin: KeycloakAdminClient, realm: string, userId: string) {
  const { realmMappings = [], clientMappings = {} } = await admin.users.listRoleMappings({ realm, id: userId });
  const ofClients = Object.entries(clientMappings).flatMap(([client, { id, mappings }]) =>
    mappable(mappings ?? []).map((role) => ({ client, clientUuid: String(id), ...role })),
  );
  return [...mappable(realmMappings).map((role) => ({ client: '', clientUuid: '', ...role })), ...ofClients];
}

async function dropSurplus(
  admin: KeycloakAdminClient,
  realm: string,
  userId: string,
  surplus: readonly (HeldRole & Mapping & { readonly clientUuid: string })[],
  log: ChangeLog,
): Promise<void> {
  for (const role of surplus) {
    const roles = [{ id: role.id, name: role.name }];
    await change(log, `take ${roleLabel(role)} away from ${ADMIN_CLIENT}`, () =>
      role.client === ''
        ? admin.users.delRealmRoleMappings({ realm, id: userId, roles })
        : admin.users.delClientRoleMappings({ realm, id: userId, clientUniqueId: role.clientUuid, roles }),
    );
  }
}

/** The service account of `portal-admin`, as its roles are set up. */
export interface ServiceAccount {
  /** Internal id of the client `portal-admin`. */
  readonly clientUuid: string;
  readonly userId: string;
}

/**
 * Gives the service account of `portal-admin` the needed roles: mapped to the account, and to the client's scope, since a
 * closed scope lets no other role into its token.
 * @param managementId internal id of the client `realm-management`; see `findManagementClient`
 * @param account undefined in a dry run that would have to make it
 * @param needed the roles; see `neededRoles`
 */
export async function setUpRoles(
  admin: KeycloakAdminClient,
  realm: string,
  managementId: string,
  account: ServiceAccount | undefined,
  needed: readonly NeededRole[],
  log: ChangeLog,
): Promise<void> {
  const allRoles = mappable(await admin.clients.listRoles({ realm, id: managementId }));
  const wanted = needed.flatMap(({ name }) => allRoles.filter((role) => role.name === name));
  if (account === undefined) {
    for (const { name } of wanted) {
      log.changes.push(grantLine(name), scopeLine(name));
    }
    return;
  }
  const { clientUuid, userId } = account;
  const held = await heldRoles(admin, realm, userId);
  const inScope = await admin.clients.listClientScopeMappings({ realm, id: clientUuid, client: managementId });
  for (const role of wanted) {
    if (!held.some(({ client, name }) => client === 'realm-management' && name === role.name)) {
      const grant = { realm, id: userId, clientUniqueId: managementId, roles: [role] };
      await change(log, grantLine(role.name), () => admin.users.addClientRoleMappings(grant));
    }
    if (!inScope.some(({ name }) => name === role.name)) {
      const scope = { realm, id: clientUuid, client: managementId };
      await change(log, scopeLine(role.name), () => admin.clients.addClientScopeMappings(scope, [role]));
    }
  }
}

/**
 * Sees to the roles that the account holds beyond the needed ones: takes them away, or says so. To be called last, when all
 * that stands for them is there.
 * @param needed the roles; see `neededRoles`
 * @param removeSurplus true to take them away
 */
export async function settleSurplus(
  admin: KeycloakAdminClient,
  realm: string,
  { userId }: ServiceAccount,
  needed: readonly NeededRole[],
  removeSurplus: boolean,
  log: ChangeLog,
): Promise<void> {
  const held = await heldRoles(admin, realm, userId);
  const surplus = new Set(surplusRoles(held, needed, `default-roles-${realm.toLowerCase()}`).map(roleLabel));
  const extra = held.filter((role) => surplus.has(roleLabel(role)));
  if (removeSurplus) {
    await dropSurplus(admin, realm, userId, extra, log);
  } else if (extra.length > 0) {
    const list = extra.map(roleLabel).join(', ');
    log.notes.push(`${ADMIN_CLIENT} holds more than it needs: ${list} (--remove-surplus-roles takes them away)`);
    if (extra.some(({ client, name }) => client === 'realm-management' && name === MANAGE_USERS))
      log.notes.push(
        `ATTENTION: while ${ADMIN_CLIENT} holds ${MANAGE_USERS}, whoever steals its secret can take over the realm: they reset an administrator's password. The portal works without it: run this again with --remove-surplus-roles`,
      );
  }
}
