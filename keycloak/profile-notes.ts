import type { UserProfileConfig } from '@keycloak/keycloak-admin-client/lib/defs/userProfileMetadata.js';
import { profileFaults } from '../lib/profile/profile-faults';
import type { UPConfig } from '../lib/profile/types';

/**
 * What an operator should know about the user profile, which is left alone.
 * @param profile as Keycloak has it
 * @param emailAsUsername the realm's `registrationEmailAsUsername`
 * @returns one line each, with the mend
 */
export function profileNotes(profile: UserProfileConfig, emailAsUsername: boolean): string[] {
  // The client library types every name as optional; Keycloak always sends it.
  return profileFaults(profile as UPConfig, emailAsUsername).map(
    ({ attribute, why, mend }) => `${attribute}: ${why}; ${mend} (Realm settings, User profile, ${attribute})`,
  );
}
