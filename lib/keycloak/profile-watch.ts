import 'server-only';
import { profileFaults } from '@/lib/profile/profile-faults';
import type { UPConfig } from '@/lib/profile/types';
import { log } from '@/lib/telemetry/log';

/**
 * Says in the log what an operator has to mend in the user profile: a line for each fault, when it first turns up, and
 * not again until it was mended.
 * @returns to be told of each profile that was read, and of the realm's `registrationEmailAsUsername`
 */
export function profileWatch(): (profile: UPConfig, emailAsUsername: boolean) => void {
  let known: ReadonlySet<string> = new Set();
  return (profile, emailAsUsername) => {
    const faults = profileFaults(profile, emailAsUsername).map((one) => ({
      key: `${one.fault} ${one.attribute}`,
      ...one,
    }));
    for (const { key, attribute, fault, why, mend, blocks } of faults) {
      if (!known.has(key)) log(blocks ? 'error' : 'warn', 'realm.profile-fault', { attribute, fault, why, mend });
    }
    known = new Set(faults.map(({ key }) => key));
  };
}
