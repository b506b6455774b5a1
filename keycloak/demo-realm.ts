import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import type ClientScopeRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientScopeRepresentation.js';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import { type ChangeLog, change, newChangeLog, SetUpError } from './change-log';
import { mergeClientFacts, readClientFacts } from './client-facts';
import { covers, differences } from './compare';
import demoProfile from './demo-profile.json' with { type: 'json' };
import { ensureProvider } from './demo-provider';
import ar from './demo-texts/ar.json' with { type: 'json' };
import de from './demo-texts/de.json' with { type: 'json' };
import en from './demo-texts/en.json' with { type: 'json' };
import { type SetUpResult, setUpRealm, signInAsAdmin } from './set-up-realm';
import { setUpTexts } from './set-up-texts';

const SHOP_CLIENT = 'shop';
/** Client scope whose request adds the crew club's field to the form; `demo-profile.json` names it, too. */
const LOYALTY_SCOPE = 'loyalty';

/** The look of the demo: `brand` of its `PORTAL_CONFIG`, and of Keycloak's pages and mails. */
const DEMO_BRAND = {
  name: 'Harbour',
  colors: {
    light: { accent: '#0b5d66', onAccent: '#ffffff', panel: '#0a2f3c', onPanel: '#eaf6f6' },
    dark: { accent: '#6fd0d8', onAccent: '#06232b', panel: '#071f28', onPanel: '#eaf6f6' },
  },
};

/** The same look as the theme's variables, for Keycloak's process (`keycloak/theme/vestibule/login/theme.properties`). */
export const DEMO_THEME_VARIABLES: Readonly<Record<string, string>> = {
  VESTIBULE_ACCENT: DEMO_BRAND.colors.light.accent,
  VESTIBULE_ON_ACCENT: DEMO_BRAND.colors.light.onAccent,
  VESTIBULE_PANEL: DEMO_BRAND.colors.light.panel,
  VESTIBULE_ON_PANEL: DEMO_BRAND.colors.light.onPanel,
  VESTIBULE_DARK_ACCENT: DEMO_BRAND.colors.dark.accent,
  VESTIBULE_DARK_ON_ACCENT: DEMO_BRAND.colors.dark.onAccent,
  VESTIBULE_DARK_PANEL: DEMO_BRAND.colors.dark.panel,
  VESTIBULE_DARK_ON_PANEL: DEMO_BRAND.colors.dark.onPanel,
};

export interface DemoRealmOptions {
  readonly keycloakUrl: string;
  readonly adminUsername: string;
  readonly adminPassword: string;
  readonly realm: string;
  /** Addresses under which browsers reach the portal, at least one. */
  readonly portalUrls: readonly string[];
  /** Address of the pretended product, "Harbour Shop". */
  readonly productUrl: string;
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
  /** What `PORTAL_CONFIG` should say: the brand, and facts about the product's client. */
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

function wantedShop(productUrl: string): ClientRepresentation {
  return {
    clientId: SHOP_CLIENT,
    name: 'Harbour Shop',
    description: 'The product that people sign up for in the demo.',
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

async function ensureShop(admin: KeycloakAdminClient, options: DemoRealmOptions, scopeId: string, log: ChangeLog) {
  const { realm } = options;
  const wanted = wantedShop(options.productUrl.replace(/\/+$/, ''));
  const find = async () => (await admin.clients.find({ realm, clientId: SHOP_CLIENT }))[0];
  const current = await find();
  if (current?.id === undefined) {
    await change(log, `create client ${SHOP_CLIENT}`, () => admin.clients.create({ realm, ...wanted }));
  } else if (!covers(current, wanted)) {
    const query = { realm, id: current.id };
    await change(log, `correct client ${SHOP_CLIENT}`, () => admin.clients.update(query, wanted));
  }
  const shop = await find();
  if (shop?.id !== undefined && !shop.optionalClientScopes?.includes(LOYALTY_SCOPE)) {
    const query = { realm, id: shop.id, clientScopeId: scopeId };
    await change(log, `offer scope ${LOYALTY_SCOPE} to client ${SHOP_CLIENT}`, () =>
      admin.clients.addOptionalClientScope(query),
    );
  }
}

async function ensureProfile(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<void> {
  if (covers(await admin.users.getProfile({ realm }), demoProfile)) return;
  await change(log, 'define the user profile', () => admin.users.updateProfile({ realm, ...demoProfile }));
}

function secretsOf({ clientSecret, adminClientSecret }: SetUpResult) {
  if (clientSecret === undefined || adminClientSecret === undefined) {
    throw new SetUpError('the clients of the demo realm have no secret: was their authenticator changed by hand?');
  }
  return { clientSecret, adminClientSecret };
}

/**
 * Makes the realm of the demo and the tests: a marine shop with one product client, a rich user profile and texts in
 * three languages; then makes it ready for the portal with the very code of `npm run keycloak:setup`. A second run
 * changes nothing.
 * @throws SetUpError with one line that names the mend
 */
export async function createDemoRealm(options: DemoRealmOptions): Promise<DemoRealmResult> {
  const { realm } = options;
  const admin = await signInAsAdmin(options);
  const log = newChangeLog(false);
  await ensureRealm(admin, options, log);
  await ensureShop(admin, options, await ensureScope(admin, realm, log), log);
  await setUpTexts(admin, realm, 'the user profile', { en, de, ar }, log);
  await ensureProfile(admin, realm, log);
  const everyWay = options.everyWay ?? false;
  if (everyWay) await ensureProvider(admin, admin.baseUrl, realm, log);
  const result = await setUpRealm({ ...options, identityProviders: everyWay, passkeys: everyWay });
  return {
    ...secretsOf(result),
    portalConfig: mergeClientFacts({ brand: DEMO_BRAND }, await readClientFacts(admin, realm)).config,
    changes: [...log.changes, ...result.changes],
  };
}
