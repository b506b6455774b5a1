import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import type RoleRepresentation from '@keycloak/keycloak-admin-client/lib/defs/roleRepresentation.js';
import { PREVIEW_ROLE } from '../lib/preview-role';
import { type ChangeLog, change, SetUpError } from './change-log';
import {
  ADMIN_CLIENT,
  clientDifferences,
  PORTAL_CLIENT,
  wantedAdminClient,
  wantedPortalClient,
} from './portal-clients';
import { type HeldRole, type NeededRole, roleLabel, surplusRoles } from './roles';

/** A client as it stands after the set-up. */
export interface ClientOutcome {
  /** Keycloak's internal id; undefined only in a dry run, where a missing client isn't made. */
  readonly id?: string;
  /** The client's secret; undefined with another authenticator than `client-secret`, and in a dry run that would make it. */
  readonly secret?: string;
  /** True where this run made (or would make) the client. */
  readonly created: boolean;
}

/** @returns the client of that `clientId`, or undefined where the realm has none */
export async function findClient(admin: KeycloakAdminClient, realm: string, clientId: string) {
  return (await admin.clients.find({ realm, clientId }))[0];
}

async function ensureClient(
  admin: KeycloakAdminClient,
  realm: string,
  clientId: string,
  wantedFor: (current: ClientRepresentation | undefined) => ClientRepresentation,
  log: ChangeLog,
): Promise<ClientOutcome> {
  const current = await findClient(admin, realm, clientId);
  const wanted = wantedFor(current);
  if (current === undefined) {
    await change(log, `create client ${clientId}`, () => admin.clients.create({ realm, ...wanted }));
  } else {
    const differing = clientDifferences(current, wanted);
    if (differing.length > 0 && current.id !== undefined) {
      const query = { realm, id: current.id };
      await change(log, `correct client ${clientId}: ${differing.join(', ')}`, () =>
        admin.clients.update(query, { ...wanted, attributes: { ...current.attributes, ...wanted.attributes } }),
      );
    }
  }
  const made = current ?? (await findClient(admin, realm, clientId));
  if (made?.id === undefined) return { created: true };
  const secret = made.secret ?? (await admin.clients.getClientSecret({ realm, id: made.id })).value;
  return { id: made.id, created: current === undefined, ...(secret !== undefined && { secret }) };
}

/** Makes the role that opens the preview. It is the client's own, holds nothing else, and nobody has it by default. */
async function ensurePreviewRole(
  admin: KeycloakAdminClient,
  realm: string,
  clientUuid: string | undefined,
  log: ChangeLog,
): Promise<void> {
  const roles = clientUuid === undefined ? [] : await admin.clients.listRoles({ realm, id: clientUuid });
  if (roles.some(({ name }) => name === PREVIEW_ROLE)) return;
  const description = 'May see every page of the sign-up portal with made-up data, at /preview.';
  await change(log, `create role ${PREVIEW_ROLE} of client ${PORTAL_CLIENT}`, () =>
    admin.clients.createRole({ realm, id: clientUuid ?? '', name: PREVIEW_ROLE, description }),
  );
}

/**
 * Makes or corrects the client that people sign in through, with the role that opens the preview.
 * @param portalUrls addresses of the portal, without a trailing slash; the first becomes the client's home
 * @param locales languages of the portal
 * @param loginTheme see `wantedPortalClient`
 */
export async function setUpPortalClient(
  admin: KeycloakAdminClient,
  realm: string,
  portalUrls: readonly string[],
  locales: readonly string[],
  loginTheme: string | undefined,
  log: ChangeLog,
): Promise<ClientOutcome> {
  const wantedFor = (current: ClientRepresentation | undefined) =>
    wantedPortalClient(current, portalUrls, locales, loginTheme);
  const outcome = await ensureClient(admin, realm, PORTAL_CLIENT, wantedFor, log);
  await ensurePreviewRole(admin, realm, outcome.id, log);
  const origins = outcome.created ? [] : ((await findClient(admin, realm, PORTAL_CLIENT))?.webOrigins ?? []);
  if (origins.length > 0) {
    log.notes.push(
      `client ${PORTAL_CLIENT} allows the web origins ${origins.join(', ')}; the portal itself needs none`,
    );
  }
  return outcome;
}

/**
 * Finds the client that owns the administrative roles of a realm.
 * @throws SetUpError for the realm `master`, which has none: people never sign up to it
 */
export async function findManagementClient(admin: KeycloakAdminClient, realm: string): Promise<string> {
  const id = (await findClient(admin, realm, 'realm-management'))?.id;
  if (id === undefined)
    throw new SetUpError(`realm ${realm} has no client realm-management: choose another KEYCLOAK_REALM`);
  return id;
}

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

/**
 * Makes or corrects the client whose service account creates the accounts, and gives it the needed roles: mapped to the
 * account, and to the client's scope, since a closed scope lets no other role into its token.
 * @param managementId internal id of the client `realm-management`; see `findManagementClient`
 * @param needed the roles; see `neededRoles`
 * @param removeSurplus true to take further roles away; otherwise they are only reported
 */
export async function setUpAdminClient(
  admin: KeycloakAdminClient,
  realm: string,
  managementId: string,
  needed: readonly NeededRole[],
  removeSurplus: boolean,
  log: ChangeLog,
): Promise<ClientOutcome> {
  const outcome = await ensureClient(admin, realm, ADMIN_CLIENT, wantedAdminClient, log);
  const allRoles = mappable(await admin.clients.listRoles({ realm, id: managementId }));
  const wanted = needed.flatMap(({ name }) => allRoles.filter((role) => role.name === name));
  if (outcome.id === undefined) {
    for (const { name } of wanted) {
      log.changes.push(grantLine(name), scopeLine(name));
    }
    return outcome;
  }

  const { id: clientUuid } = outcome;
  const account = await admin.clients.getServiceAccountUser({ realm, id: clientUuid });
  if (account.id === undefined) throw new SetUpError(`client ${ADMIN_CLIENT} has no service account`);
  const userId = account.id;
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

  const surplus = new Set(surplusRoles(held, needed, `default-roles-${realm.toLowerCase()}`).map(roleLabel));
  const extra = held.filter((role) => surplus.has(roleLabel(role)));
  if (removeSurplus) {
    await dropSurplus(admin, realm, userId, extra, log);
  } else if (extra.length > 0) {
    const list = extra.map(roleLabel).join(', ');
    log.notes.push(`${ADMIN_CLIENT} holds more than it needs: ${list} (--remove-surplus-roles takes them away)`);
  }
  return outcome;
}
