import type { UserProfileConfig } from '@keycloak/keycloak-admin-client/lib/defs/userProfileMetadata.js';
import { adminMayNotEdit } from '../lib/profile/form-model';

/**
 * What an operator should know about the user profile, which is left alone: attributes that people are asked for although
 * the portal can't store them.
 * @returns one line each
 */
export function profileNotes({ attributes = [] }: UserProfileConfig): string[] {
  return attributes.flatMap(({ name = '', permissions = {} }) =>
    adminMayNotEdit({ name, permissions })
      ? [
          `the portal can't store ${name}, Keycloak drops its value in silence: give admin edit permission (Realm settings, User profile, ${name})`,
        ]
      : [],
  );
}
