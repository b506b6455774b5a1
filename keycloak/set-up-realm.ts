import KeycloakAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import { newChangeLog, reasonOf, SetUpError } from './change-log';
import { setUpConsent } from './consent-profile';
import { setUpPasskeys } from './passkeys';
import { PORTAL_CLIENT, portalOrigin, wrongPortalUrl } from './portal-clients';
import { describeToken } from './portal-token';
import { profileNotes } from './profile-notes';
import { setUpSettings } from './realm-settings';
import { findClient, findManagementClient, setUpAdminClient, setUpPortalClient } from './set-up-clients';
import { setUpMark } from './set-up-mark';
import { setUpRights } from './set-up-rights';
import { setUpTexts } from './set-up-texts';
import { setUpTheme } from './set-up-theme';
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
  /** True where people may sign up with a passkey instead of a password. */
  readonly passkeys?: boolean;
  /** True where the portal asks for terms or consent: the user profile then keeps the evidence. */
  readonly terms?: boolean;
  /**
   * How the portal may manage accounts: by fine-grained admin permissions where the server has them (the default), or by the
   * role `manage-users` in any case.
   */
  readonly permissions?: 'fine-grained' | 'roles';
  /** True to take roles away that the service account doesn't need. */
  readonly removeSurplusRoles?: boolean;
  /** False where Keycloak's pages and mails are to keep the look they have; the theme is used otherwise, if it is installed. */
  readonly theme?: boolean;
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
    if (error instanceof NetworkError && /invalid_grant|invalid_client|unauthorized/.test(error.message)) {
      throw new SetUpError(
        `realm ${realmName} at ${baseUrl} knows no ${access.adminUsername} with that password: correct KEYCLOAK_ADMIN_USERNAME, KEYCLOAK_ADMIN_PASSWORD or KEYCLOAK_ADMIN_REALM`,
      );
    }
    throw new SetUpError(
      `could not sign in as ${access.adminUsername} to realm ${realmName} at ${baseUrl}: ${reasonOf(error)}`,
    );
  }
  return admin;
}

async function makeReady(options: SetUpOptions): Promise<SetUpResult> {
  const portalUrls = options.portalUrls.map((url) => {
    const origin = portalOrigin(url);
    if (origin === undefined) throw new SetUpError(wrongPortalUrl(url));
    return origin;
  });
  if (portalUrls.length === 0) throw new SetUpError('PORTAL_URL is missing: give the address of the portal');
  const admin = await signInAsAdmin(options);
  const realm = await admin.realms.findOne({ realm: options.realm });
  if (realm === undefined || realm === null) {
    throw new SetUpError(`there is no realm ${options.realm}: create it first, or correct KEYCLOAK_REALM`);
  }
  const name = options.realm;
  // Asked first, so that a realm that can't be made ready isn't half changed.
  const managementId = await findManagementClient(admin, name);
  const log = newChangeLog(options.dryRun ?? false);
  await setUpSettings(admin, { ...realm, realm: name }, portalLocales, log);
  if (options.passkeys) await setUpPasskeys(admin, { ...realm, realm: name }, log);
  if (options.terms) await setUpConsent(admin, name, log);
  const profile = await admin.users.getProfile({ realm: name });
  log.notes.push(...profileNotes(profile, realm.registrationEmailAsUsername ?? false));
  await setUpMark(admin, name, profile, log);
  await setUpTexts(admin, name, 'the verification mail and its pages', portalTexts, log);
  const held = await findClient(admin, name, PORTAL_CLIENT);
  const loginTheme =
    options.theme === false
      ? undefined
      : await setUpTheme(admin, { ...realm, realm: name }, portalUrls[0] ?? '', held, log);
  const portal = await setUpPortalClient(admin, name, portalUrls, portalLocales, loginTheme, log);
  const portalAdmin = await setUpAdminClient(admin, name, log);
  const needed = await setUpRights(admin, { ...realm, realm: name }, managementId, portalAdmin.id, options, log);
  if (portalAdmin.secret !== undefined) {
    log.notes.push(await describeToken(admin.baseUrl, name, portalAdmin.secret, needed));
  }
  return {
    changes: log.changes,
    notes: log.notes,
    createdClients: portal.created || portalAdmin.created,
    ...(portal.secret !== undefined && { clientSecret: portal.secret }),
    ...(portalAdmin.secret !== undefined && { adminClientSecret: portalAdmin.secret }),
  };
}

/**
 * Makes an existing realm ready for the portal: two clients, the least roles, settings and texts. A second run changes
 * nothing. What each part is for stands in `keycloak/README.md`.
 * @throws SetUpError with one line that names the mend
 */
export async function setUpRealm(options: SetUpOptions): Promise<SetUpResult> {
  try {
    return await makeReady(options);
  } catch (error) {
    // What is only read is not wrapped one by one: a missing right shows itself here.
    throw error instanceof SetUpError
      ? error
      : new SetUpError(`could not look at realm ${options.realm}: ${reasonOf(error)}`);
  }
}
