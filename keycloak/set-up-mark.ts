import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type { UserProfileConfig } from '@keycloak/keycloak-admin-client/lib/defs/userProfileMetadata.js';
import { SIGN_UP_MARK } from '../lib/sign-up-mark';
import { type ChangeLog, change } from './change-log';
import { covers } from './compare';

/** As `lib/keycloak/mark-watch.ts` asks for it. */
const NEEDED = { name: SIGN_UP_MARK, permissions: { view: ['admin'], edit: ['admin'] }, multivalued: true };

/**
 * Declares the attribute by which the portal knows what it made, for administrators alone. Keycloak drops the values of
 * attributes that a user profile does not have.
 * @param profile the realm's user profile as it is
 */
export async function setUpMark(
  admin: KeycloakAdminClient,
  realm: string,
  profile: UserProfileConfig,
  log: ChangeLog,
): Promise<void> {
  const attributes = profile.attributes ?? [];
  const current = attributes.find(({ name }) => name === SIGN_UP_MARK);
  if (covers(current, NEEDED)) return;
  const wanted =
    current === undefined
      ? [...attributes, { ...NEEDED, displayName: 'Sign-up portal' }]
      : attributes.map((one) => (one === current ? { ...one, ...NEEDED } : one));
  await change(log, `let administrators see ${SIGN_UP_MARK} on what the portal made (user profile)`, () =>
    admin.users.updateProfile({ ...profile, realm, attributes: wanted }),
  );
}
