import { z } from 'zod';

/** Where the credential is chosen: see `PASSWORD_MODE`. */
export const PASSWORD_MODES = ['after-verification', 'form', 'passkey'] as const;
export type PasswordMode = (typeof PASSWORD_MODES)[number];

export const passwordMode = z.enum(PASSWORD_MODES, { error: 'must be after-verification, form or passkey' });

/** Keycloak's required action that registers a passkey (`WebAuthnPasswordlessRegisterFactory`). */
export const PASSKEY_ACTION = 'webauthn-register-passwordless';

/** What the mode of the portal decides; a second word about it would contradict the first. */
const DECIDED_ELSEWHERE = ['VERIFY_EMAIL', 'UPDATE_PASSWORD', PASSKEY_ACTION];

/** The id of a required action of Keycloak's that the mailed link asks for besides. Whether there is one, the realm says. */
export const extraAction = z
  .string()
  .regex(/^[\w-]+$/, { error: 'must be the id of a required action, for example CONFIGURE_TOTP' })
  .refine((id) => !DECIDED_ELSEWHERE.includes(id), {
    error: `must not be ${DECIDED_ELSEWHERE.join(', ')}: PASSWORD_MODE or passwordMode decides about those`,
  });
