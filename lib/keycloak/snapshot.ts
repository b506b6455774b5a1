import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import type { RealmSettings, UPConfig } from '@/lib/profile/types';
import { log, reason } from '@/lib/telemetry/log';
import { type Answer, callAdmin, LOOK } from './admin';
import { type Cached, cached, REALM_TIMES } from './cached';
import { type IdentityProvider, providerReader } from './identity-providers';
import { keepOf } from './keep';
import { markWatch } from './mark-watch';
import { profileWatch } from './profile-watch';
import { signUpGroup } from './sign-up-group';
import { type WaysOfRealm, waysWatch } from './ways-watch';

/** What the portal knows of its realm, read in one go. */
export interface RealmSnapshot extends WaysOfRealm {
  readonly displayName: string;
  readonly settings: RealmSettings;
  /** The realm's languages as Keycloak names them; empty when internationalization is off. */
  readonly supportedLocales: readonly string[];
  readonly defaultLocale: string;
  /** The realm lets people choose a new password by mail (`resetPasswordAllowed`). */
  readonly resetPasswordAllowed: boolean;
  /** Ids of the required actions that Keycloak puts on every new account. */
  readonly defaultActions: readonly string[];
  readonly profile: UPConfig;
  /** Id of the group of the accounts that the portal may manage; undefined where it may manage all (`manage-users`). */
  readonly signUpGroup: string | undefined;
  /** Those that the sign-up page offers, in the realm's order. */
  readonly identityProviders: readonly IdentityProvider[];
}

/** The realm's answers were not usable: no connection, no right, or not what Keycloak 26 sends. */
class RealmUnreadable extends Error {
  override readonly name = 'RealmUnreadable';
}

const realmRepresentation = z.object({
  displayName: z.string().optional(),
  registrationEmailAsUsername: z.boolean().default(false),
  loginWithEmailAllowed: z.boolean().optional(),
  duplicateEmailsAllowed: z.boolean().default(false),
  resetPasswordAllowed: z.boolean().default(false),
  internationalizationEnabled: z.boolean().default(false),
  supportedLocales: z.array(z.string()).default([]),
  defaultLocale: z.string().optional(),
  passwordPolicy: z.string().default(''),
  smtpServer: z.record(z.string(), z.unknown()).default({}),
  webAuthnPolicyPasswordlessPasskeysEnabled: z.boolean().nullish(),
  webAuthnPolicyPasswordlessResidentKey: z.string().nullish(),
  /** The older name of the same, still given. */
  webAuthnPolicyPasswordlessRequireResidentKey: z.string().nullish(),
});

const requiredActions = z.array(
  z.object({ alias: z.string(), enabled: z.boolean().default(false), defaultAction: z.boolean().default(false) }),
);

const texts = z.array(z.string()).optional();
const userProfile = z.object({
  attributes: z
    .array(
      z.object({
        name: z.string(),
        displayName: z.string().optional(),
        validations: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()).optional(),
        annotations: z.record(z.string(), z.unknown()).optional(),
        required: z.object({ roles: texts, scopes: texts }).optional(),
        permissions: z.object({ view: texts, edit: texts }).optional(),
        selector: z.object({ scopes: texts }).optional(),
        group: z.string().optional(),
        multivalued: z.boolean().optional(),
        defaultValue: z.string().optional(),
      }),
    )
    .default([]),
  groups: z
    .array(
      z.object({
        name: z.string(),
        displayHeader: z.string().optional(),
        displayDescription: z.string().optional(),
        annotations: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  unmanagedAttributePolicy: z.enum(['ENABLED', 'ADMIN_VIEW', 'ADMIN_EDIT']).optional(),
});

function answered<T>(answer: Answer<T>, what: string): T {
  if (answer.status === 'ok') return answer.value;
  throw new RealmUnreadable(`${what}: ${answer.status === 'refused' ? `HTTP ${answer.http}` : answer.reason}`);
}

async function load(readProviders: ReturnType<typeof providerReader>): Promise<RealmSnapshot> {
  const { KEYCLOAK_REALM } = env();
  const [realmAnswer, profileAnswer, actionsAnswer, groupAnswer, providersAnswer] = await Promise.all([
    callAdmin((client) => client.realms.findOne({ realm: KEYCLOAK_REALM }), LOOK),
    callAdmin((client) => client.users.getProfile(), LOOK),
    callAdmin((client) => client.authenticationManagement.getRequiredActions(), LOOK),
    signUpGroup(),
    readProviders(),
  ]);
  if (realmAnswer.status === 'refused' && realmAnswer.http === 403)
    throw new RealmUnreadable('realm: HTTP 403, the service account lacks the role view-realm');
  const realm = realmRepresentation.parse(answered(realmAnswer, 'realm'));
  // An account with other roles alone gets 200, with seven keys: no password policy would be among them.
  if (realm.loginWithEmailAllowed === undefined)
    throw new RealmUnreadable('realm: a few keys only, the service account lacks the role view-realm');
  const actions = requiredActions.parse(answered(actionsAnswer, 'required actions')).filter(({ enabled }) => enabled);
  return {
    displayName: realm.displayName ?? KEYCLOAK_REALM,
    settings: {
      registrationEmailAsUsername: realm.registrationEmailAsUsername,
      loginWithEmailAllowed: realm.loginWithEmailAllowed,
      duplicateEmailsAllowed: realm.duplicateEmailsAllowed,
      internationalizationEnabled: realm.internationalizationEnabled,
      passwordPolicy: realm.passwordPolicy,
      smtpConfigured: Object.keys(realm.smtpServer).length > 0,
      smtpAllowsUtf8: String(realm.smtpServer.allowutf8) === 'true',
    },
    supportedLocales: realm.internationalizationEnabled ? realm.supportedLocales : [],
    defaultLocale: realm.defaultLocale ?? 'en',
    resetPasswordAllowed: realm.resetPasswordAllowed,
    // zod's optional keys may be undefined, the engine's may only be absent; JSON from Keycloak never has undefined.
    profile: userProfile.parse(answered(profileAnswer, 'user profile')) as UPConfig,
    requiredActions: actions.map(({ alias }) => alias),
    defaultActions: actions.filter(({ defaultAction }) => defaultAction).map(({ alias }) => alias),
    passkeys: {
      signIn: realm.webAuthnPolicyPasswordlessPasskeysEnabled === true,
      discoverable:
        realm.webAuthnPolicyPasswordlessResidentKey === 'required' ||
        realm.webAuthnPolicyPasswordlessRequireResidentKey === 'Yes',
    },
    signUpGroup: answered(groupAnswer, 'group of sign-ups'),
    identityProviders: answered(providersAnswer, 'identity providers'),
  };
}

function snapshot(): Cached<RealmSnapshot> {
  return processWide('realm-snapshot', () => {
    const [watchProfile, watchMark, watchWays, readProviders] = [
      profileWatch(),
      markWatch(),
      waysWatch(),
      providerReader(),
    ];
    const loadWatched = async () => {
      const loaded = await load(readProviders);
      watchProfile(loaded.profile, loaded.settings.registrationEmailAsUsername);
      watchMark(loaded.profile);
      watchWays(loaded);
      return loaded;
    };
    return cached(loadWatched, {
      ...REALM_TIMES,
      keep: keepOf('realm', (json) => json as RealmSnapshot),
      onError: (error, hasLastGood) =>
        log(hasLastGood ? 'warn' : 'error', 'realm.unreadable', {
          reason: error instanceof RealmUnreadable ? error.message : reason(error),
          lastGoodSnapshotServes: hasLastGood,
        }),
    });
  });
}

/**
 * The realm as last read; no request to Keycloak beyond a renewal every 20 s.
 * @returns undefined while the realm has never been readable: the page then says that sign-up is unavailable
 */
export async function realmSnapshot(): Promise<RealmSnapshot | undefined> {
  return snapshot()
    .get()
    .catch(() => undefined);
}

/** Whether the realm could be read when it was last tried. */
export function isRealmReadable(): boolean {
  return !snapshot().isFailing();
}

/**
 * Reads the realm anew, at once.
 * @returns false when it can't be read: the last good snapshot serves on, and the log says why
 */
export async function refreshSnapshot(): Promise<boolean> {
  return snapshot()
    .refresh()
    .then(
      () => true,
      () => false,
    );
}
