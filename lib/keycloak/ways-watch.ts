import 'server-only';
import { portalConfig } from '@/lib/brand/config';
import type { PortalConfig } from '@/lib/brand/schema';
import { keepsAttribute, MARKETING_ATTRIBUTE, TERMS_ATTRIBUTE } from '@/lib/consent-attributes';
import { type Env, env } from '@/lib/env';
import type { UPConfig } from '@/lib/profile/types';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { log } from '@/lib/telemetry/log';

/** What of the realm decides whether what is configured can be gone to its end. */
export interface WaysOfRealm {
  readonly profile: UPConfig;
  /** Those that can be offered. */
  readonly identityProviders: readonly { readonly alias: string }[];
  /** Aliases of the required actions that are enabled. */
  readonly requiredActions: readonly string[];
  readonly passkeys: {
    /** Keycloak's own sign-in page takes a passkey (`webAuthnPolicyPasswordlessPasskeysEnabled`). */
    readonly signIn: boolean;
    /** A passkey must be found without a username (WebAuthn, `residentKey`). */
    readonly discoverable: boolean;
  };
}

/** How a fault names what is said for everyone. */
const EVERYONES = 'PORTAL_CONFIG';

/** One thing that an operator has to mend, fit for a log. */
export interface WayFault {
  readonly way: string;
  /** The variable, or the place in the configuration, that asks for it. */
  readonly askedBy: string;
  readonly why: string;
  readonly mend: string;
}

const SET_UP = 'npm run keycloak:setup -- --passkeys';

const KEEP_CONSENT = 'npm run keycloak:setup -- --terms';

function passkeyFaults({ requiredActions, passkeys }: WaysOfRealm, askedBy: string): WayFault[] {
  const fault = (why: string): WayFault => ({ way: 'passkey', askedBy, why, mend: SET_UP });
  return [
    ...(requiredActions.includes(PASSKEY_ACTION)
      ? []
      : [fault(`the required action ${PASSKEY_ACTION} is not enabled; people choose a password instead`)]),
    ...(passkeys.signIn ? [] : [fault("Keycloak's sign-in page asks for a password and takes no passkey")]),
    ...(passkeys.discoverable ? [] : [fault('a passkey may be made that the sign-in page does not find')]),
  ];
}

type Said = Pick<PortalConfig, 'identityProviders' | 'terms' | 'marketing'>;

function providerFaults({ identityProviders = [] }: Said, askedBy: string, realm: WaysOfRealm): WayFault[] {
  return identityProviders
    .filter((alias) => !realm.identityProviders.some((one) => one.alias === alias))
    .map((alias) => ({
      way: alias,
      askedBy,
      why: `the realm has no identity provider ${alias} that can be offered; the page leaves it out`,
      mend: 'enable it in the realm, correct the alias, or run npm run keycloak:setup -- --identity-providers',
    }));
}

function consentFaults({ terms, marketing }: Said, askedBy: string, { profile }: WaysOfRealm): WayFault[] {
  return [
    { way: 'terms', isAsked: Boolean(terms), attribute: TERMS_ATTRIBUTE },
    { way: 'marketing', isAsked: Boolean(marketing), attribute: MARKETING_ATTRIBUTE },
  ]
    .filter(({ isAsked, attribute }) => isAsked && !keepsAttribute(profile, attribute))
    .map(({ way, attribute }) => ({
      way,
      askedBy,
      why: `the user profile has no attribute ${attribute} that administrators may edit, so Keycloak keeps no evidence`,
      mend: KEEP_CONSENT,
    }));
}

/**
 * What the configuration asks for and the realm can't give.
 * @param config what the operator says, for everyone and for each client
 * @param variables of the process
 * @param realm as last read
 */
export function wayFaults(
  config: PortalConfig,
  { PASSWORD_MODE, EXTRA_ACTIONS = [] }: Pick<Env, 'PASSWORD_MODE' | 'EXTRA_ACTIONS'>,
  realm: WaysOfRealm,
): WayFault[] {
  const { passwordMode = PASSWORD_MODE, extraActions = EXTRA_ACTIONS } = config;
  const asking = [
    {
      said: config,
      mode: passwordMode,
      modeBy: config.passwordMode === undefined ? 'PASSWORD_MODE' : EVERYONES,
      actions: extraActions,
      actionsBy: config.extraActions === undefined ? 'EXTRA_ACTIONS' : EVERYONES,
      by: EVERYONES,
    },
    ...Object.entries(config.clients).map(([id, client]) => {
      const by = `client ${id} in PORTAL_CONFIG`;
      const { passwordMode: mode, extraActions: actions = [] } = client;
      return { said: client, mode, modeBy: by, actions, actionsBy: by, by };
    }),
  ];
  return asking.flatMap(({ said, mode, modeBy, actions, actionsBy, by }) => [
    ...(mode === 'passkey' ? passkeyFaults(realm, modeBy) : []),
    ...actions
      .filter((action) => !realm.requiredActions.includes(action))
      .map((action) => ({
        way: action,
        askedBy: actionsBy,
        why: `the realm has no required action ${action}, or it is not enabled; the mailed link leaves it out`,
        mend: `enable it (Authentication, Required actions), or take it out of ${actionsBy}`,
      })),
    ...providerFaults(said, by, realm),
    ...consentFaults(said, by, realm),
  ]);
}

/**
 * Says in the log what stands between the configured ways and the realm: a line for each fault, when it first turns up,
 * and not again until it was mended.
 * @returns to be told of each realm that was read
 */
export function waysWatch(): (realm: WaysOfRealm) => void {
  let known: ReadonlySet<string> = new Set();
  return (realm) => {
    const faults = wayFaults(portalConfig(), env(), realm);
    for (const fault of faults) if (!known.has(JSON.stringify(fault))) log('error', 'realm.way-fault', { ...fault });
    known = new Set(faults.map((fault) => JSON.stringify(fault)));
  };
}
