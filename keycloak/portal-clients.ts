import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import { covers, differences, union } from './compare';

/** Client that people sign in through. */
export const PORTAL_CLIENT = 'portal';
/** Client whose service account creates the accounts; no browser ever speaks to it. */
export const ADMIN_CLIENT = 'portal-admin';

/** The client's attribute that names its look (`DefaultThemeSelectorProvider.LOGIN_THEME_KEY`). */
export const LOGIN_THEME = 'login_theme';

/** How Keycloak joins several post-logout URIs in one attribute (`Constants.CFG_DELIMITER`). */
const URI_DELIMITER = '##';

/** Ways to a token that neither client uses. Each is off by default on 26.7 or harmful when left on by hand. */
const otherGrantsOff = {
  'oauth2.device.authorization.grant.enabled': 'false',
  'oidc.ciba.grant.enabled': 'false',
  'standard.token.exchange.enabled': 'false',
};

/**
 * Brings an address of the portal to the form that the redirect URIs are built from.
 * @returns the origin (RFC 6454), or undefined for anything that isn't an http(s) address without a path
 */
export function portalOrigin(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname, search, hash, username } = new URL(url);
  const plain = pathname === '/' && search === '' && hash === '' && username === '';
  return plain && (protocol === 'https:' || protocol === 'http:') ? origin : undefined;
}

/** The line for an address that `portalOrigin` refuses. */
export function wrongPortalUrl(url: string): string {
  return `PORTAL_URL ${url} must be an http(s) address without a path, such as https://accounts.example.com`;
}

/**
 * The addresses that Keycloak may send a browser to, each exact.
 * @param portalUrls origins under which browsers reach the portal
 * @param locales languages of the portal
 * @returns `login`: next-auth's callback and the end of the verification mail's way; `logout`: where signing out ends
 */
export function portalUris(portalUrls: readonly string[], locales: readonly string[]) {
  const perLocale = (path: string) => portalUrls.flatMap((url) => locales.map((locale) => `${url}/${locale}${path}`));
  return {
    login: [...portalUrls.map((url) => `${url}/api/auth/callback/keycloak`), ...perLocale('/sign-up/verified')],
    logout: [...perLocale('/sign-up'), ...perLocale('/signed-out')],
  };
}

/**
 * What the client `portal` has to be: confidential, the authorization code flow with PKCE (RFC 7636, S256) and nothing
 * else, exact addresses only, a token that carries no role but the client's own.
 * @param current the client as Keycloak holds it; undefined where it doesn't exist. Addresses that an operator added stay
 * @param loginTheme look of Keycloak's pages for this client alone; undefined leaves what it has
 */
export function wantedPortalClient(
  current: ClientRepresentation | undefined,
  portalUrls: readonly string[],
  locales: readonly string[],
  loginTheme?: string,
): ClientRepresentation {
  const uris = portalUris(portalUrls, locales);
  const logout = current?.attributes?.['post.logout.redirect.uris'];
  // "-" alone means "none" (OIDCAdvancedConfigWrapper) and would contradict the addresses beside it.
  const keptLogout = typeof logout === 'string' ? logout.split(URI_DELIMITER).filter((uri) => uri && uri !== '-') : [];
  return {
    ...(current === undefined && {
      name: 'Sign-up portal',
      description: 'People who sign up are signed in through this client.',
      clientAuthenticatorType: 'client-secret',
    }),
    // Always given: without them Keycloak derives origins from the redirect URIs, and no script calls Keycloak.
    webOrigins: current?.webOrigins ?? [],
    clientId: PORTAL_CLIENT,
    protocol: 'openid-connect',
    enabled: true,
    publicClient: false,
    bearerOnly: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    fullScopeAllowed: false,
    baseUrl: `${portalUrls[0]}/`,
    redirectUris: union(current?.redirectUris ?? [], uris.login),
    attributes: {
      ...otherGrantsOff,
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': union(keptLogout, uris.logout).join(URI_DELIMITER),
      ...(loginTheme !== undefined && { [LOGIN_THEME]: loginTheme }),
    },
  };
}

/**
 * What the client `portal-admin` has to be: confidential, client credentials (RFC 6749, 4.4) and nothing else, its scope
 * closed so that a token carries the mapped roles alone.
 * @param current the client as Keycloak holds it; undefined where it doesn't exist
 */
export function wantedAdminClient(current: ClientRepresentation | undefined): ClientRepresentation {
  return {
    ...(current === undefined && {
      name: 'Sign-up portal (service account)',
      description: 'The portal creates accounts and sends verification mails as this account.',
      clientAuthenticatorType: 'client-secret',
      redirectUris: [],
      webOrigins: [],
    }),
    clientId: ADMIN_CLIENT,
    protocol: 'openid-connect',
    enabled: true,
    publicClient: false,
    bearerOnly: false,
    standardFlowEnabled: false,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: true,
    fullScopeAllowed: false,
    attributes: otherGrantsOff,
  };
}

/**
 * Says what has to change about a client.
 * @param current Keycloak's `ClientRepresentation`. Keycloak hands redirect URIs back as a set, so their order is nothing
 * @returns names of the fields and attributes that differ, for the line that a person reads; empty when it is ready
 */
export function clientDifferences(current: ClientRepresentation, wanted: ClientRepresentation): string[] {
  const { redirectUris = [], attributes = {}, ...plain } = wanted;
  const held = current.redirectUris ?? [];
  const heldAttributes: Readonly<Record<string, unknown>> = current.attributes ?? {};
  // Keycloak may leave a switch that is off out of its answer.
  const attributeDiffers = ([key, value]: [string, unknown]) => !covers(heldAttributes[key] ?? 'false', value);
  return [
    ...Object.keys(differences(current, plain)),
    ...(redirectUris.every((uri) => held.includes(uri)) ? [] : ['redirectUris']),
    ...Object.entries(attributes)
      .filter(attributeDiffers)
      .map(([key]) => key),
  ];
}
