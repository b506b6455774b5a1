import type { UPConfig } from '../../lib/profile/types';
import { type ParityCase, PLAIN_REALM } from './case';

const ANYONE = { view: ['admin', 'user'], edit: ['admin', 'user'] };

/** A username and an address that no rule limits. */
const UNLIMITED: UPConfig = {
  attributes: ['username', 'email'].map((name) => ({ name, validations: {}, permissions: ANYONE })),
  groups: [],
};

function withAddress(email: string, emailAsUsername = false): ParityCase {
  return {
    world: { ...PLAIN_REALM, emailAsUsername, profile: UNLIMITED },
    visit: {
      client: 'plain',
      passwordMode: 'after-verification',
      locale: 'en',
      scopes: [],
      wishes: { email: [email], username: ['somebody'] },
      forged: true,
    },
  };
}

/** The smallest forms of what long runs of the bench have found, by what went wrong. */
export const FOUND: Readonly<Record<string, ParityCase>> = {
  'an address that Keycloak can’t be asked about': withAddress('a\u000b'),
  'the same as a username': withAddress('a\u000b', true),
  'an address of a blank, for which Keycloak’s search lists anybody': withAddress('\u000b'),
  'an address with a blank at its end': withAddress('a '),
};
