import 'server-only';
import { type PortalConfig, portalConfig } from '@/lib/brand/config';
import { type Env, env } from '@/lib/env';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { log } from '@/lib/telemetry/log';

/** What of the realm decides whether a way to a credential can be gone to its end. */
export interface WaysOfRealm {
  /** Aliases of the required actions that are enabled. */
  readonly requiredActions: readonly string[];
  readonly passkeys: {
    /** Keycloak's own sign-in page takes a passkey (`webAuthnPolicyPasswordlessPasskeysEnabled`). */
    readonly signIn: boolean;
    /** A passkey must be found without a username (WebAuthn, `residentKey`). */
    readonly discoverable: boolean;
  };
}

/** One thing that an operator has to mend, fit for a log. */
export interface WayFault {
  readonly way: string;
  /** `PASSWORD_MODE`, `EXTRA_ACTIONS`, or the client whose configuration asks for it. */
  readonly askedBy: string;
  readonly why: string;
  readonly mend: string;
}

const SET_UP = 'npm run keycloak:setup -- --passkeys';

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

/**
 * What the configuration asks for and the realm can't give.
 * @param config what the operator says about each client
 * @param variables of the process
 * @param realm as last read
 */
export function wayFaults(
  { clients }: Pick<PortalConfig, 'clients'>,
  { PASSWORD_MODE, EXTRA_ACTIONS = [] }: Pick<Env, 'PASSWORD_MODE' | 'EXTRA_ACTIONS'>,
  realm: WaysOfRealm,
): WayFault[] {
  const asking = [
    { mode: PASSWORD_MODE, modeBy: 'PASSWORD_MODE', actions: EXTRA_ACTIONS, actionsBy: 'EXTRA_ACTIONS' },
    ...Object.entries(clients).map(([id, { passwordMode, extraActions }]) => {
      const by = `client ${id} in PORTAL_CONFIG`;
      return { mode: passwordMode, modeBy: by, actions: extraActions ?? [], actionsBy: by };
    }),
  ];
  return asking.flatMap(({ mode, modeBy, actions, actionsBy }) => [
    ...(mode === 'passkey' ? passkeyFaults(realm, modeBy) : []),
    ...actions
      .filter((action) => !realm.requiredActions.includes(action))
      .map((action) => ({
        way: action,
        askedBy: actionsBy,
        why: `the realm has no required action ${action}, or it is not enabled; the mailed link leaves it out`,
        mend: `enable it (Authentication, Required actions), or take it out of ${actionsBy}`,
      })),
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
