import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { newChangeLog, reasonOf, SetUpError } from './change-log';
import { setUpSettings } from './realm-settings';
import { neededRoles } from './roles';
import { setUpAdminClient, setUpPortalClient } from './set-up-clients';
import { setUpTexts } from './set-up-texts';
import { portalLocales, portalTexts } from './texts';

/** Whom to ask, and as whom. */
export interface AdminAccess {
  /** Address of Keycloak, with its path prefix if it has one. */
  readonly keycloakUrl: string;
  readonly adminUsername: string;
  readonly adminPassword: string;
  /** Realm that the administrator belongs to; `master` when left out. */
  readonly adminRealm?: string;
}

export interface SetUpOptions extends AdminAccess {
  /** An existing realm: the one that people sign up to. */
  readonly realm: string;
  /** Addresses under which browsers reach the portal, at least one; the first is its home. */
  readonly portalUrls: readonly string[];
  /** True where the portal offers identity providers. */
  readonly identityProviders?: boolean;
  /** True to take roles away that the service account doesn't need. */
  readonly removeSurplusRoles?: boolean;
  /** True to find out what would change. */
  readonly dryRun?: boolean;
}

export interface SetUpResult {
  /** One line for each change; empty when the realm was ready. */
  readonly changes: string[];
  /** One line for each thing that somebody should know. */
  readonly notes: string[];
  /** Secret of the client `portal`; undefined when a dry run would have to make it. */
  readonly clientSecret?: string;
  /** Secret of the client `portal-admin`; undefined when a dry run would have to make it. */
  readonly adminClientSecret?: string;
  /** True where this run made one of the two clients. */
  readonly createdClients: boolean;
}

/**
 * Signs in as an administrator.
 * @returns a client that renews its token by itself; each call names its realm
 * @throws SetUpError with one line that names the mend
 */
export async function signInAsAdmin(access: AdminAccess): Promise<KeycloakAdminClient> {
  const baseUrl = access.keycloakUrl.replace(/\/+$/, '');
  const realmName = access.adminRealm ?? 'master';
  const admin = new KeycloakAdminClient({ baseUrl, realmName, timeout: 30_000 });
  try {
    const { adminUsername: username, adminPassword: password } = access;
    await admin.auth({ grantType: 'password', clientId: 'admin-cli', username, password });
  } catch (error) {
    throw new SetUpError(
      `could not sign in as ${access.adminUsername} to realm ${realmName} at ${baseUrl}: ${reasonOf(error)}`,
    );
  }
  return admin;
}

/** Brings an address to the form that the redirect URIs are built from. */
function plainUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SetUpError(`PORTAL_URL ${url} must be an http(s) address such as https://accounts.example.com`);
  }
  return url.replace(/\/+$/, '');
}

/**
 * Makes an existing realm ready for the portal: two clients, the least roles, settings and texts. A second run changes
 * nothing. What each part is for stands in `keycloak/README.md`.
 * @throws SetUpError with one line that names the mend
 */
export async function setUpRealm(options: SetUpOptions): Promise<SetUpResult> {
  const portalUrls = options.portalUrls.map(plainUrl);
  if (portalUrls.length === 0) throw new SetUpError('PORTAL_URL is missing: give the address of the portal');
  const admin = await signInAsAdmin(options);
  const realm = await admin.realms.findOne({ realm: options.realm });
  if (realm === undefined || realm === null) {
    throw new SetUpError(`there is no realm ${options.realm}: create it first, or correct KEYCLOAK_REALM`);
  }
  const name = options.realm;
  const log = newChangeLog(options.dryRun ?? false);
  await setUpSettings(admin, { ...realm, realm: name }, portalLocales, log);
  await setUpTexts(admin, name, 'the verification mail and its pages', portalTexts, log);
  const portal = await setUpPortalClient(admin, name, portalUrls, portalLocales, log);
  const needed = neededRoles(options.identityProviders ?? false);
  const portalAdmin = await setUpAdminClient(admin, name, needed, options.removeSurplusRoles ?? false, log);
  return {
    changes: log.changes,
    notes: log.notes,
    createdClients: portal.created || portalAdmin.created,
    ...(portal.secret !== undefined && { clientSecret: portal.secret }),
    ...(portalAdmin.secret !== undefined && { adminClientSecret: portalAdmin.secret }),
  };
}
