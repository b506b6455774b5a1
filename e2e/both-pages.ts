import { DEFAULT_ATTRIBUTES, profileWith } from '../lib/profile/testing.fixture';
import type { UPAttribute, UPConfig } from '../lib/profile/types';
import { expect, test } from './fixtures';
import { type Bench, openBench, type Result } from './parity/bench';
import { PLAIN_REALM, type Visit, type World } from './parity/case';
import { keyOf } from './parity/outcome';
import { stack } from './stack';

/**
 * One sign-up sent to both pages, for Keycloak's own tests of its registration page: each says what the portal has to make
 * of it; that the hosted page makes the same of it, or differs on purpose, is checked along.
 *
 * Not here: terms (`...TermsAcceptance...`: the portal has none yet); `customRegistrationPageFormTest` and
 * `testRegisterShouldFailBeforeUserCreationWhenUserIsInContext` (about Keycloak's own authentication flow); resending, a
 * password reset and a fresh browser in the middle (`...WithResend`, `...WithForgetPassword`, `...InFreshBrowserAfterRestart`:
 * journeys, in the specs of the mail and of the way to sign-in).
 */

export const { username: USERNAME, email: EMAIL, firstName: FIRST_NAME, lastName: LAST_NAME } = DEFAULT_ATTRIBUTES;

/** The user profile of a new realm, with more attributes, or others in place of its own. */
export function profileOf(...attributes: readonly UPAttribute[]): UPConfig {
  return profileWith(attributes);
}

const ADA = {
  username: ['registerUser'],
  email: ['registeruser@example.com'],
  firstName: ['firstName'],
  lastName: ['lastName'],
  password: ['Password-12'],
  'password-confirm': ['Password-12'],
};

/** The names of all that {@link signUp} fills in. */
export const ASKED = Object.keys(ADA);

const VISIT: Visit = {
  client: 'plain',
  passwordMode: 'form',
  scopes: [],
  locale: 'en',
  wishes: ADA,
  forged: false,
};

let bench: Bench;

/** Readies the bench for the tests of the file that calls it. */
export function openBothPages(): void {
  test.beforeAll(async () => {
    bench = await openBench(stack);
  });
}

/**
 * Sends one sign-up to both pages, and shows that nothing differs but what is named.
 * @param wishes what differs from Ada's sign-up
 * @param change the realm, the visit, and the differences that are on purpose
 */
export async function signUp(
  wishes: Readonly<Record<string, readonly string[]>>,
  change: { world?: Partial<World>; visit?: Partial<Visit>; onPurpose?: readonly string[] } = {},
): Promise<Result> {
  const result = await bench.run({
    world: { ...PLAIN_REALM, profile: profileOf(), ...change.world },
    visit: { ...VISIT, ...change.visit, wishes: { ...ADA, ...wishes } },
  });
  expect(result.differences).toEqual([]);
  expect(result.purposes).toEqual(change.onPurpose ?? []);
  return result;
}

/** @returns the account that the portal made */
export function account({ portal }: Result) {
  expect(portal.outcome.status).toBe('accepted');
  const user = portal.outcome.status === 'accepted' ? portal.outcome.user : undefined;
  expect(user, 'the portal has made an account').toBeDefined();
  return user;
}

/** @returns the message keys of each field that the portal refused */
export function messages({ portal }: Result): Record<string, string[]> {
  const errors = portal.outcome.status === 'refused' ? portal.outcome.errors : {};
  return Object.fromEntries(Object.entries(errors).map(([field, all]) => [field, all.map(keyOf)]));
}
