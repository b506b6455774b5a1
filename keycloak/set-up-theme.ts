import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import { type ChangeLog, change } from './change-log';
import { LOGIN_THEME, PORTAL_CLIENT } from './portal-clients';

/** Name of the theme in `keycloak/theme`. */
export const THEME = 'vestibule';

/** The realm's attribute that tells the theme where the portal is (`vestibule.ftl`), on pages of any client. */
const PORTAL_ATTRIBUTE = 'vestibule.portalUrl';

/** What Keycloak has, and what is chosen in it. */
export interface ThemeFacts {
  /** Kinds of the theme that the server offers. */
  readonly installed: { readonly login: boolean; readonly email: boolean };
  /** The realm's own choices; undefined or empty: Keycloak's default. */
  readonly realmLogin?: string | undefined;
  readonly realmEmail?: string | undefined;
  /** The choice for the client `portal`, which beats the realm's. */
  readonly clientLogin?: string | undefined;
}

/** What to do about the look of Keycloak's pages and mails. */
export interface ThemeDecision {
  /** For the client `portal` alone, so that the other clients' pages stay as they are; undefined leaves it. */
  readonly clientLogin?: typeof THEME;
  /** For the realm: Keycloak has no narrower choice for mails; undefined leaves it. */
  readonly realmEmail?: typeof THEME;
  readonly notes: readonly string[];
}

/**
 * Decides where the theme is used: where it is installed and nobody chose another one.
 * @param facts what the server and the realm say
 */
export function decideTheme({ installed, realmLogin, realmEmail, clientLogin }: ThemeFacts): ThemeDecision {
  const notes: string[] = [];
  const usable = (kind: 'login' | 'email', chosen: string | undefined, remedy: string): boolean => {
    const isOurs = chosen === THEME;
    if (!installed[kind]) {
      // Keycloak falls back to its own look without a word.
      if (isOurs) notes.push(`the ${kind} theme ${THEME} is chosen but not installed: install it (keycloak/README.md)`);
      return false;
    }
    if (chosen && !isOurs) notes.push(`kept the ${kind} theme ${chosen}; ${remedy}`);
    return !chosen || isOurs;
  };
  const isLogin = usable(
    'login',
    clientLogin || realmLogin,
    `to use ${THEME} for sign-ups, choose it as login theme of client ${PORTAL_CLIENT}`,
  );
  const isEmail = usable('email', realmEmail, `to use ${THEME}, choose it in Realm settings, Themes`);
  return { ...(isLogin && { clientLogin: THEME }), ...(isEmail && { realmEmail: THEME }), notes };
}

/**
 * Has the realm's mails use the theme, where it is installed and no other is chosen, and tells the theme where the portal is.
 * @param realm the realm as Keycloak holds it
 * @param portalUrl the portal's home
 * @param portal the client `portal` as Keycloak holds it; undefined where it doesn't exist yet
 * @returns the login theme that the client `portal` should have; undefined to leave it alone
 */
export async function setUpTheme(
  admin: KeycloakAdminClient,
  realm: RealmRepresentation & { realm: string },
  portalUrl: string,
  portal: ClientRepresentation | undefined,
  log: ChangeLog,
): Promise<string | undefined> {
  const { themes = {} } = await admin.serverInfo.find();
  const offers = (kind: string) => themes[kind]?.some(({ name }) => name === THEME) ?? false;
  const chosen: unknown = portal?.attributes?.[LOGIN_THEME];
  const decision = decideTheme({
    installed: { login: offers('login'), email: offers('email') },
    realmLogin: realm.loginTheme,
    realmEmail: realm.emailTheme,
    clientLogin: typeof chosen === 'string' ? chosen : undefined,
  });
  log.notes.push(...decision.notes);
  const { realmEmail } = decision;
  if (realmEmail !== undefined && realm.emailTheme !== realmEmail) {
    await change(log, `send the realm's mails in the theme ${realmEmail}`, () =>
      admin.realms.update({ realm: realm.realm }, { emailTheme: realmEmail }),
    );
  }
  if (offers('login') && realm.attributes?.[PORTAL_ATTRIBUTE] !== portalUrl) {
    // Keycloak replaces the whole map (`RepresentationToModel.updateRealm`).
    const attributes = { ...realm.attributes, [PORTAL_ATTRIBUTE]: portalUrl };
    await change(log, `tell the theme where the portal is: ${portalUrl}`, () =>
      admin.realms.update({ realm: realm.realm }, { attributes }),
    );
  }
  return decision.clientLogin;
}
