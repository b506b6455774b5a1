import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import { PREVIEW_ROLE } from '../lib/preview-role';
import { type ChangeLog, change, SetUpError } from './change-log';
import {
  ADMIN_CLIENT,
  clientDifferences,
  PORTAL_CLIENT,
  wantedAdminClient,
  wantedPortalClient,
} from './portal-clients';

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

/** Makes or corrects the client whose service account creates the accounts. Its roles are `setUpRoles`' concern. */
export function setUpAdminClient(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<ClientOutcome> {
  return ensureClient(admin, realm, ADMIN_CLIENT, wantedAdminClient, log);
}

/**
 * Finds the service account of `portal-admin`.
 * @param clientUuid internal id of the client
 * @returns the account's id
 */
export async function serviceAccountOf(admin: KeycloakAdminClient, realm: string, clientUuid: string): Promise<string> {
  const { id } = await admin.clients.getServiceAccountUser({ realm, id: clientUuid });
  if (id === undefined) throw new SetUpError(`client ${ADMIN_CLIENT} has no service account`);
  return id;
}
