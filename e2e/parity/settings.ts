import type { RealmSettings } from '../../lib/profile/types';
import type { World } from './case';

/** @returns a world's switches as the portal's engine gets to know them */
export function settingsOf(world: World): RealmSettings {
  return {
    registrationEmailAsUsername: world.emailAsUsername,
    loginWithEmailAllowed: world.loginWithEmail,
    duplicateEmailsAllowed: world.duplicateEmails,
    internationalizationEnabled: world.internationalization,
    passwordPolicy: world.passwordPolicy,
    smtpConfigured: world.smtp !== 'none',
    smtpAllowsUtf8: world.smtp === 'utf8',
  };
}
