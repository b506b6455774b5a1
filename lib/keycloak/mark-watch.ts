import 'server-only';
import type { UPConfig } from '@/lib/profile/types';
import { SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { log } from '@/lib/telemetry/log';

/**
 * Whether a realm keeps the portal's mark on an account: its user profile declares the attribute, for administrators alone.
 * Anything else would be dropped in silence, or be the person's own to change.
 */
export function keepsMark({ attributes = [] }: UPConfig): boolean {
  const { edit = [] } = attributes.find(({ name }) => name === SIGN_UP_MARK)?.permissions ?? {};
  return edit.includes('admin') && !edit.includes('user');
}

/**
 * Says in the log, once until it was mended, that the realm keeps no mark: what the portal made can't be told from what
 * others made then, so that an unconfirmed sign-up is neither replaced nor swept.
 * @returns to be told of each profile that was read
 */
export function markWatch(): (profile: UPConfig) => void {
  let isNamed = false;
  return (profile) => {
    const isMissing = !keepsMark(profile);
    if (isMissing && !isNamed) {
      log('warn', 'realm.mark-missing', {
        attribute: SIGN_UP_MARK,
        why: 'sign-ups that nobody confirms are neither replaced by newer ones nor swept',
        mend: 'npm run keycloak:setup',
      });
    }
    isNamed = isMissing;
  };
}
