import { adminMayNotEdit, isAskedOfAll, isEditable, isInsistedOnByAdminApi } from './form-model';
import type { UPConfig } from './types';

/**
 * A way in which a user profile that serves Keycloak's own page can't serve one that works through the admin API, whose
 * context `USER_API` takes everyone for an administrator.
 */
export interface ProfileFault {
  readonly attribute: string;
  readonly fault: keyof typeof FAULTS;
  /** What comes of it, and what to change in the user profile. */
  readonly why: string;
  readonly mend: string;
  /** True where no sign-up can come to its end until it is mended. */
  readonly blocks: boolean;
}

const FAULTS = {
  'not-writable': {
    why: 'Keycloak drops its value in silence when the portal creates the account, so nobody is asked for it',
    mend: 'give admin edit permission',
    blocks: false,
  },
  'insisted-on': {
    why: 'the admin API makes no account without it, so everyone is asked for it and nobody may leave it empty',
    mend: 'take admin out of who must fill it in, or ask for no least number of values',
    blocks: false,
  },
  'not-askable': {
    why: 'the admin API makes no account without it, and users may not fill it in',
    mend: 'take admin out of who must fill it in, ask for no least number of values, or let user and admin edit it',
    blocks: true,
  },
  'no-email': {
    why: 'nobody is asked for an e-mail address: accounts are made, and none of them can be confirmed or signed in to here',
    mend: 'give user and admin edit permission',
    blocks: true,
  },
} as const;

/**
 * Finds what an operator has to change in a user profile, or should at least know.
 *
 * @param profile the raw configuration
 * @param emailAsUsername the realm's `registrationEmailAsUsername`
 * @returns at most one fault for each attribute, in the profile's order
 */
export function profileFaults(profile: UPConfig, emailAsUsername: boolean): ProfileFault[] {
  return (profile.attributes ?? []).flatMap((attribute) => {
    const isAsked = isEditable(attribute, emailAsUsername);
    const found = (): ProfileFault['fault'] | undefined => {
      const isLost = adminMayNotEdit(attribute);
      if (!isInsistedOnByAdminApi(attribute)) {
        if (attribute.name === 'email' && (!isAsked || isLost)) return 'no-email';
        return isAsked && isLost ? 'not-writable' : undefined;
      }
      if (isAsked && !isLost) return isAskedOfAll(attribute) ? undefined : 'insisted-on';
      return attribute.defaultValue === undefined ? 'not-askable' : undefined;
    };
    const fault = found();
    return fault === undefined ? [] : [{ attribute: attribute.name, fault, ...FAULTS[fault] }];
  });
}
