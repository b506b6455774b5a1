import { randomBytes } from 'node:crypto';
import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import type IdentityProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/identityProviderRepresentation.js';
import { type ChangeLog, change } from './change-log';
import { covers, union } from './compare';

/** Realm that plays somebody else's identity provider, in the same Keycloak. */
export const PROVIDER_REALM = 'harbour-club';
/** What the demo's realm calls that provider. */
export const PROVIDER_ALIAS = 'harbour-club';
/** Client of the provider through which the demo's realms sign people in. */
const BROKER_CLIENT = 'harbour';

/** Somebody who has an account at the provider. */
const MEMBER = { username: 'skipper', email: 'skipper@harbour-club.example', firstName: 'Sky', lastName: 'Per' };
const MEMBER_PASSWORD = 'Harbour-light-42';

/** The provider's realm, with the client for the broker of one realm more. */
async function ensureProviderRealm(admin: KeycloakAdminClient, redirectUri: string, log: ChangeLog): Promise<string> {
  const realm = PROVIDER_REALM;
  if (!(await admin.realms.findOne({ realm }))) {
    await change(log, `create realm ${realm}`, () =>
      admin.realms.create({ realm, enabled: true, displayName: 'Harbour Club', sslRequired: 'none' }),
    );
    const credentials = [{ type: 'password', value: MEMBER_PASSWORD }];
    await change(log, `create ${MEMBER.username} in realm ${realm}`, () =>
      admin.users.create({ realm, ...MEMBER, enabled: true, emailVerified: true, credentials }),
    );
  }
  const [current] = await admin.clients.find({ realm, clientId: BROKER_CLIENT });
  const secret = current?.secret ?? randomBytes(24).toString('base64url');
  const redirectUris = union(current?.redirectUris ?? [], [redirectUri]);
  const wanted: ClientRepresentation = {
    clientId: BROKER_CLIENT,
    name: 'Harbour Shop',
    enabled: true,
    publicClient: false,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    secret,
    redirectUris,
    attributes: { 'pkce.code.challenge.method': 'S256' },
  };
  if (current?.id === undefined) {
    await change(log, `create client ${BROKER_CLIENT} in realm ${realm}`, () =>
      admin.clients.create({ realm, ...wanted }),
    );
  } else if (!current.redirectUris?.includes(redirectUri)) {
    const query = { realm, id: current.id };
    await change(log, `let client ${BROKER_CLIENT} send people to ${redirectUri}`, () =>
      admin.clients.update(query, { ...current, redirectUris }),
    );
  }
  return secret;
}

/**
 * Offers a second realm of the same Keycloak, "Harbour Club", as an OpenID Connect provider in a realm of the demo.
 * Browsers reach it under the address of the loopback interface and not under its name: another host, as a real one is.
 * @param keycloakUrl address of Keycloak, as the realm's own people know it
 * @param realm where the provider is offered
 */
export async function ensureProvider(
  admin: KeycloakAdminClient,
  keycloakUrl: string,
  realm: string,
  log: ChangeLog,
): Promise<void> {
  const redirectUri = `${keycloakUrl}/realms/${realm}/broker/${PROVIDER_ALIAS}/endpoint`;
  const secret = await ensureProviderRealm(admin, redirectUri, log);
  const host = new URL(keycloakUrl);
  if (host.hostname === 'localhost') host.hostname = '127.0.0.1';
  const issuer = `${host.href.replace(/\/$/, '')}/realms/${PROVIDER_REALM}`;
  const endpoint = (name: string) => `${issuer}/protocol/openid-connect/${name}`;
  const wanted: IdentityProviderRepresentation = {
    alias: PROVIDER_ALIAS,
    displayName: 'Harbour Club',
    providerId: 'oidc',
    enabled: true,
    // The club has verified its members' addresses, and says so (claim email_verified).
    trustEmail: true,
    config: {
      issuer,
      authorizationUrl: endpoint('auth'),
      tokenUrl: endpoint('token'),
      userInfoUrl: endpoint('userinfo'),
      jwksUrl: endpoint('certs'),
      useJwksUrl: 'true',
      validateSignature: 'true',
      clientId: BROKER_CLIENT,
      clientAuthMethod: 'client_secret_post',
      pkceEnabled: 'true',
      pkceMethod: 'S256',
      defaultScope: 'openid profile email',
      syncMode: 'IMPORT',
      guiOrder: '1',
    },
  };
  const current = await admin.identityProviders.findOne({ realm, alias: PROVIDER_ALIAS });
  const withSecret = { ...wanted, config: { ...wanted.config, clientSecret: secret } };
  if (!current) {
    await change(log, `offer ${PROVIDER_REALM} as an identity provider`, () =>
      admin.identityProviders.create({ realm, ...withSecret }),
    );
  } else if (!covers(current, wanted)) {
    const query = { realm, alias: PROVIDER_ALIAS };
    await change(log, `correct the identity provider ${PROVIDER_ALIAS}`, () =>
      admin.identityProviders.update(query, withSecret),
    );
  }
}
