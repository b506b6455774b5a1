import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import { differences } from './compare';
import { ADMIN_CLIENT, PORTAL_CLIENT } from './portal-clients';

/** What the portal configuration says about a client; the running portal must not be able to read clients itself. */
export interface ClientFacts {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly logoUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly origins: readonly string[];
  readonly defaultScopes: readonly string[];
  readonly optionalScopes: readonly string[];
}

/** A part of the portal configuration as it stands in its file; keys of other kinds are kept as they are. */
export interface PortalConfigFile {
  readonly clients?: Readonly<Record<string, object>>;
  readonly [key: string]: unknown;
}

/** Clients that Keycloak makes in every realm (`ClientManager`, `RealmManager`), and the portal's own. */
const notProducts = new Set([
  'account',
  'account-console',
  'admin-cli',
  'admin-permissions',
  'broker',
  'realm-management',
  'security-admin-console',
  PORTAL_CLIENT,
  ADMIN_CLIENT,
]);

/** True for a client that people may sign up for: enabled, with the authorization code flow, not Keycloak's own. */
export function isProduct(client: ClientRepresentation): boolean {
  return (
    client.enabled === true &&
    client.standardFlowEnabled === true &&
    (client.protocol ?? 'openid-connect') === 'openid-connect' &&
    client.clientId !== undefined &&
    !notProducts.has(client.clientId)
  );
}

/** The origin of a web address; a pattern, or an address of another kind, has none. */
function originOf(address: string): string | undefined {
  // A star at the end of the path leaves the host exact; one in the host does not.
  const [, beforePath] = /^(https?:\/\/[^/*?#]+)(?:[/?#]|$)/.exec(address) ?? [];
  return beforePath !== undefined && URL.canParse(beforePath) ? new URL(beforePath).origin : undefined;
}

/**
 * The exact origins among a client's web origins. `+` stands for those of its redirect URIs (Keycloak's `WebOriginsUtils`);
 * `*`, which lets everyone in, gives none.
 */
function originsOf({ webOrigins = [], redirectUris = [], rootUrl = '' }: ClientRepresentation): string[] {
  const listed = webOrigins.flatMap((one) =>
    one === '+' ? redirectUris.map((uri) => (uri.startsWith('/') ? `${rootUrl}${uri}` : uri)) : [one],
  );
  return [...new Set(listed.flatMap((one) => originOf(one) ?? []))].sort();
}

/**
 * Takes from a client what the portal needs to know.
 * @param client Keycloak's `ClientRepresentation`; its secret is left behind
 */
export function factsOf(client: ClientRepresentation): ClientFacts {
  const attributes: Readonly<Record<string, unknown>> = client.attributes ?? {};
  // A name such as ${client_account} is a message key, of no use to the portal.
  const name = client.name && !client.name.startsWith('${') ? { name: client.name } : {};
  const address = (key: keyof ClientFacts, value: unknown) =>
    typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value) ? { [key]: value } : {};
  const baseUrl = client.baseUrl?.startsWith('/') ? `${client.rootUrl ?? ''}${client.baseUrl}` : client.baseUrl;
  return {
    ...name,
    ...address('baseUrl', baseUrl),
    ...address('logoUri', attributes.logoUri),
    ...address('policyUri', attributes.policyUri),
    ...address('tosUri', attributes.tosUri),
    origins: originsOf(client),
    defaultScopes: [...(client.defaultClientScopes ?? [])].sort(),
    optionalScopes: [...(client.optionalClientScopes ?? [])].sort(),
  };
}

/**
 * Reads the facts about every product client.
 * @param admin signed in with `view-clients` (an administrator has it, the portal must not)
 * @returns facts by client id, in the order of the ids
 */
export async function readClientFacts(admin: KeycloakAdminClient, realm: string): Promise<Record<string, ClientFacts>> {
  const products = (await admin.clients.find({ realm })).filter(isProduct);
  const facts = products.map((client): [string, ClientFacts] => [String(client.clientId), factsOf(client)]);
  return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A merged configuration, a line for each client that it made a difference to, and one for each that Keycloak lacks. */
export interface MergedConfig<T> {
  readonly config: T & { readonly clients: Readonly<Record<string, object>> };
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

function withoutLook({ name: _name, logoUri: _logoUri, ...rest }: ClientFacts): object {
  return rest;
}

/**
 * Writes facts into a configuration. Name and logo stay where they are written already (they may be an operator's own
 * words), the other facts follow Keycloak; every other key, and every other client, stays as it is.
 */
export function mergeClientFacts<T extends PortalConfigFile>(
  config: T,
  facts: Readonly<Record<string, ClientFacts>>,
): MergedConfig<T> {
  const clients: Record<string, object> = { ...config.clients };
  const changes: string[] = [];
  for (const [clientId, known] of Object.entries(facts)) {
    const written = clients[clientId];
    const merged = { ...known, ...written, ...withoutLook(known) };
    const differing = Object.keys(differences(written ?? {}, merged));
    if (written === undefined) changes.push(`add client ${clientId}`);
    else if (differing.length > 0) changes.push(`update client ${clientId} (${differing.join(', ')})`);
    clients[clientId] = merged;
  }
  const notes = Object.keys(clients)
    .filter((clientId) => !Object.hasOwn(facts, clientId))
    .map((clientId) => `client ${clientId} is in the configuration, and the realm has no such product`);
  return { config: { ...config, clients }, changes, notes };
}
