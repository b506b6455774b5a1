import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { type ChangeLog, change } from './change-log';
import { differences } from './compare';

/** The required action that makes a passkey, as every new realm of Keycloak 26.7 has it. */
export const PASSKEY_ACTION = 'webauthn-register-passwordless';

/** Executions of a browser flow that take a passkey when the realm's policy says so, or always (the last). */
const TAKES_PASSKEYS = [
  'auth-username-password-form',
  'auth-username-form',
  'organization',
  'webauthn-authenticator-passwordless',
];

/** The part of a `RealmRepresentation` that passkeys need; the admin client's types of 26.7 know one of its fields. */
interface PasskeyPolicy {
  readonly webAuthnPolicyPasswordlessPasskeysEnabled: boolean;
  readonly webAuthnPolicyPasswordlessResidentKey: string;
  readonly webAuthnPolicyPasswordlessUserVerificationRequirement: string;
}

/**
 * What the policy for passkeys has to say: they are found without a username (WebAuthn, `residentKey`), they prove who
 * holds the device and not only that somebody does (`userVerification`), and the sign-in page takes them.
 */
export const passkeyPolicy: PasskeyPolicy = {
  webAuthnPolicyPasswordlessPasskeysEnabled: true,
  webAuthnPolicyPasswordlessResidentKey: 'required',
  webAuthnPolicyPasswordlessUserVerificationRequirement: 'required',
};

const POLICY_FIELD = /^webAuthnPolicyPasswordless/;

/**
 * Decides what has to change about the policy for passkeys.
 * @param realm Keycloak's `RealmRepresentation`
 * @returns the fields that differ, and the policy as a whole to send: Keycloak 26.7 takes no part of it alone (without
 *   `webAuthnPolicyPasswordlessRpEntityName` it ignores the others, with it what is missing falls back to its default)
 */
export function passkeyPolicyChange(realm: RealmRepresentation): {
  readonly fields: readonly string[];
  readonly update: object;
} {
  const held = Object.fromEntries(Object.entries(realm).filter(([key]) => POLICY_FIELD.test(key)));
  return {
    fields: Object.keys(differences(realm, passkeyPolicy)),
    update: { webAuthnPolicyPasswordlessRpEntityName: 'keycloak', ...held, ...passkeyPolicy },
  };
}

/**
 * Brings a realm to where people can sign up with a passkey and sign in with it: the policy for passkeys, and the required
 * action. The browser flow is looked at and left as it is.
 * @param realm the realm as Keycloak holds it
 */
export async function setUpPasskeys(
  admin: KeycloakAdminClient,
  realm: RealmRepresentation & { realm: string },
  log: ChangeLog,
): Promise<void> {
  const { realm: name, browserFlow } = realm;
  const { fields, update } = passkeyPolicyChange(realm);
  if (fields.length > 0)
    await change(log, `take passkeys at sign-in (${fields.join(', ')})`, () =>
      admin.realms.update({ realm: name }, update),
    );

  const query = { realm: name, alias: PASSKEY_ACTION };
  // `any` in the client's types; null where there is none.
  const find = (): Promise<RequiredActionProviderRepresentation | null> =>
    admin.authenticationManagement.getRequiredActionForAlias(query);
  const found = await find();
  if (!found)
    await change(log, `register the required action ${PASSKEY_ACTION}`, () =>
      admin.authenticationManagement.registerRequiredAction({
        realm: name,
        providerId: PASSKEY_ACTION,
        name: 'Webauthn Register Passwordless',
      }),
    );
  const action = found ?? (await find());
  if (action?.enabled === false)
    await change(log, `enable the required action ${PASSKEY_ACTION}`, () =>
      admin.authenticationManagement.updateRequiredAction(query, { ...action, enabled: true }),
    );

  if (browserFlow === undefined) return;
  const executions = await admin.authenticationManagement.getExecutions({ realm: name, flow: browserFlow });
  const takes = executions.some(
    ({ providerId, requirement }) => TAKES_PASSKEYS.includes(providerId ?? '') && requirement !== 'DISABLED',
  );
  if (!takes)
    log.notes.push(
      `the browser flow "${browserFlow}" has no step that takes a passkey: add one (Authentication, Flows), such as ${TAKES_PASSKEYS[0]}`,
    );
}
