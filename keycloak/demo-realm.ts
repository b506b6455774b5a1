import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import type ClientScopeRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientScopeRepresentation.js';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import { type ChangeLog, change, newChangeLog, SetUpError } from './change-log';
import { mergeClientFacts, readClientFacts } from './client-facts';
import { covers, differences } from './compare';
import { withConsent } from './consent-profile';
import { DEMO_PRODUCTS, type DemoProduct, demoConfig } from './demo-brands';
import { ensurePreviewer } from './demo-person';
import demoProfile from './demo-profile.json' with { type: 'json' };
import { ensureProvider } from './demo-provider';
import ar from './demo-texts/ar.json' with { type: 'json' };
import de from './demo-texts/de.json' with { type: 'json' };
import en from './demo-texts/en.json' with { type: 'json' };
import { type SetUpResult, setUpRealm, signInAsAdmin } from './set-up-realm';
import { setUpTexts } from './set-up-texts';

/** Client scope whose request adds the crew club's field to the form; `demo-profile.json` names it, too. */
const LOYALTY_SCOPE = 'loyalty';

export interface DemoRealmOptions {
  readonly keycloakUrl: string;
  readonly adminUsername: string;
  readonly adminPassword: string;
  readonly realm: string;
  /** Addresses under which browsers reach the portal, at least one. */
  readonly portalUrls: readonly string[];
  /** Addresses of the pretended products, by client id. */
  readonly productUrls: Readonly<Record<DemoProduct, string>>;
  readonly smtpHost: string;
  readonly smtpPort: number;
  /** True to offer passkeys and an identity provider (`demo-provider.ts`), too. */
  readonly everyWay?: boolean;
  /** See `SetUpOptions`. */
  readonly theme?: boolean;
}

export interface DemoRealmResult {
  /** Secret of the client `portal`. */
  readonly clientSecret: string;
  /** Secret of the client `portal-admin`. */
  readonly adminClientSecret: string;
  /** What `PORTAL_CONFIG` should say: the brands, and facts about the products' clients. */
  readonly portalConfig: object;
  /** What this run changed, a line each; empty when all was there already. */
  readonly changes: readonly string[];
}

/** Keycloak's way to say "the localized text of this key". */
function messageKey(key: string): string {
  return `\${${key}}`;
}

function wantedRealm(): RealmRepresentation {
  return {
    enabled: true,
    displayName: 'Harbour',
    // The stack speaks plain HTTP on the loopback address.
    sslRequired: 'none',
    registrationEmailAsUsername: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: true,
    passwordPolicy:
      'length(10) and maxLength(128) and digits(1) and upperCase(1) and lowerCase(1) and notUsername(undefined) and notEmail(undefined)',
    defaultLocale: 'en',
  };
}

async function ensureRealm(admin: KeycloakAdminClient, options: DemoRealmOptions, log: ChangeLog): Promise<void> {
  const { realm } = options;
  const wanted = wantedRealm();
  const smtp = {
    host: options.smtpHost,
    port: String(options.smtpPort),
    from: 'hello@harbour-shop.example',
    fromDisplayName: 'Harbour Shop',
    auth: 'false',
    ssl: 'false',
    starttls: 'false',
  };
  if (!(await admin.realms.findOne({ realm }))) {
    await change(log, `create realm ${realm}`, () => admin.realms.create({ realm }));
  }
  const current = (await admin.realms.findOne({ realm })) ?? {};
  const update = differences(current, wanted);
  if (Object.keys(update).length > 0) {
    const keys = Object.keys(update).join(', ');
    await change(log, `set ${keys} of realm ${realm}`, () => admin.realms.update({ realm }, update));
  }
  if (!covers(current.smtpServer, smtp)) {
    const smtpServer = { ...current.smtpServer, ...smtp };
    await change(log, `send mail through ${smtp.host}:${smtp.port}`, () =>
      admin.realms.update({ realm }, { smtpServer }),
    );
  }
}

async function ensureScope(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<string> {
  const find = async () => (await admin.clientScopes.find({ realm })).find(({ name }) => name === LOYALTY_SCOPE);
  const wanted: ClientScopeRepresentation = {
    name: LOYALTY_SCOPE,
    description: 'Membership of the crew club',
    protocol: 'openid-connect',
    attributes: {
      'include.in.token.scope': 'true',
      'display.on.consent.screen': 'true',
      'consent.screen.text': messageKey('loyaltyScopeConsent'),
    },
    protocolMappers: [
      {
        name: 'crew number',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-usermodel-attribute-mapper',
        config: {
          'user.attribute': 'crewNumber',
          'claim.name': 'crew_number',
          'jsonType.label': 'String',
          'id.token.claim': 'true',
          'access.token.claim': 'true',
          'userinfo.token.claim': 'true',
        },
      },
    ],
  };
  if ((await find()) === undefined) {
    await change(log, `create client scope ${LOYALTY_SCOPE}`, () => admin.clientScopes.create({ realm, ...wanted }));
  }
  const id = (await find())?.id;
  if (id === undefined) throw new SetUpError(`client scope ${LOYALTY_SCOPE} was not made`);
  return id;
}

function wantedProduct(clientId: DemoProduct, productUrl: string): ClientRepresentation {
  return {
    clientId,
    name: DEMO_PRODUCTS[clientId],
    description: 'A product that people sign up for in the demo.',
    protocol: 'openid-connect',
    enabled: true,
    publicClient: true,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    baseUrl: `${productUrl}/`,
    redirectUris: [`${productUrl}/*`],
    webOrigins: [new URL(productUrl).origin],
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': `${productUrl}/*`,
      logoUri: `${productUrl}/logo.svg`,
      policyUri: `${productUrl}/privacy`,
      tosUri: `${productUrl}/terms`,
    },
  };
}

async function ensureProduct(
  admin: KeycloakAdminClient,
  options: DemoRealmOptions,
  clientId: DemoProduct,
  log: ChangeLog,
): Promise<ClientRepresentation | undefined> {
  const { realm } = options;
  const wanted = wantedProduct(clientId, options.productUrls[clientId].replace(/\/+$/, ''));
  const find = async () => (await admin.clients.find({ realm, clientId }))[0];
  const current = await find();
  if (current?.id === undefined) {
    await change(log, `create client ${clientId}`, () => admin.clients.create({ realm, ...wanted }));
  } else if (!covers(current, wanted)) {
    const query = { realm, id: current.id };
    await change(log, `correct client ${clientId}`, () => admin.clients.update(query, wanted));
  }
  return find();
}

async function ensureProducts(admin: KeycloakAdminClient, options: DemoRealmOptions, scopeId: string, log: ChangeLog) {
  const { realm } = options;
  const shop = await ensureProduct(admin, options, 'shop', log);
  if (shop?.id !== undefined && !shop.optionalClientScopes?.includes(LOYALTY_SCOPE)) {
    const query = { realm, id: shop.id, clientScopeId: scopeId };
    await change(log, `offer scope ${LOYALTY_SCOPE} to client shop`, () => admin.clients.addOptionalClientScope(query));
  }
  await ensureProduct(admin, options, 'developers', log);
}

async function ensureProfile(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<void> {
  const wanted = withConsent(demoProfile) ?? demoProfile;
  if (covers(await admin.users.getProfile({ realm }), wanted)) return;
  await change(log, 'define the user profile', () => admin.users.updateProfile({ realm, ...wanted }));
}

function secretsOf({ clientSecret, adminClientSecret }: SetUpResult) {
  if (clientSecret === undefined || adminClientSecret === undefined) {
    throw new SetUpError('the clients of the demo realm have no secret: was their authenticator changed by hand?');
  }
  return { clientSecret, adminClientSecret };
}

/**
 * Makes the realm of the demo and the tests: a marine company with two product clients, a rich user profile and texts in
 * three languages; then makes it ready for the portal with the very code of `npm run keycloak:setup`. A second run
 * changes nothing.
 * @throws SetUpError with one line that names the mend
 */
export async function createDemoRealm(options: DemoRealmOptions): Promise<DemoRealmResult> {
  const { realm } = options;
  const admin = await signInAsAdmin(options);
  const log = newChangeLog(false);
  await ensureRealm(admin, options, log);
  await ensureProducts(admin, options, await ensureScope(admin, realm, log), log);
  await setUpTexts(admin, realm, 'the user profile', { en, de, ar }, log);
  await ensureProfile(admin, realm, log);
  const everyWay = options.everyWay ?? false;
  if (everyWay) await ensureProvider(admin, admin.baseUrl, realm, log);
  const result = await setUpRealm({ ...options, identityProviders: everyWay, passkeys: everyWay, terms: true });
  await ensurePreviewer(admin, realm, log);
  return {
    ...secretsOf(result),
    portalConfig: mergeClientFacts(demoConfig(options.productUrls), await readClientFacts(admin, realm)).config,
    changes: [...log.changes, ...result.changes],
  };
}
