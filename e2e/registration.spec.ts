import { expect, test } from '@playwright/test';
import type { UPAttribute, UPConfig } from '../lib/profile/types';
import { type Bench, openBench, type Result } from './parity/bench';
import type { Visit, World } from './parity/case';
import { stack } from './stack';

/**
 * Keycloak's own tests of its registration page, by their names, sent to both pages. Each says what the portal has to make
 * of it; that the hosted page makes the same of it, or differs on purpose, is checked along.
 */

const EVERYONE = { view: ['admin', 'user'], edit: ['admin', 'user'] };
const USER = { roles: ['user'] };
const messageKey = (key: string) => `\${${key}}`;

const USERNAME: UPAttribute = {
  name: 'username',
  displayName: messageKey('username'),
  permissions: EVERYONE,
  validations: {
    length: { min: 3, max: 255 },
    'username-prohibited-characters': {},
    'up-username-not-idn-homograph': {},
  },
};
const EMAIL: UPAttribute = {
  name: 'email',
  displayName: messageKey('email'),
  permissions: EVERYONE,
  required: USER,
  validations: { email: {}, length: { max: 255 } },
};
const personName = (name: string, change: Partial<UPAttribute> = {}): UPAttribute => ({
  name,
  displayName: messageKey(name),
  permissions: EVERYONE,
  required: USER,
  validations: { length: { max: 255 }, 'person-name-prohibited-characters': {} },
  ...change,
});

/** The user profile of a new realm, with changes to it. */
function profile(
  change: { email?: UPAttribute; lastName?: UPAttribute; more?: readonly UPAttribute[] } = {},
): UPConfig {
  const { email = EMAIL, lastName = personName('lastName'), more = [] } = change;
  return { attributes: [USERNAME, email, personName('firstName'), lastName, ...more], groups: [] };
}

const WORLD: World = {
  emailAsUsername: false,
  loginWithEmail: true,
  duplicateEmails: false,
  internationalization: true,
  editUsername: false,
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha512) and hashIterations(1)',
  smtp: 'ascii',
  defaultAction: false,
  profile: profile(),
};

const ADA = {
  username: ['registerUser'],
  email: ['registeruser@example.com'],
  firstName: ['firstName'],
  lastName: ['lastName'],
  password: ['Password-12'],
  'password-confirm': ['Password-12'],
};

const VISIT: Visit = {
  client: 'plain',
  passwordMode: 'form',
  scopes: [],
  locale: 'en',
  wishes: ADA,
  forged: false,
};

let bench: Bench;

test.beforeAll(async () => {
  bench = await openBench(stack);
});

/** Sends one sign-up to both, and shows that nothing differs but what is named. */
async function signUp(
  wishes: Readonly<Record<string, readonly string[]>>,
  change: { world?: Partial<World>; visit?: Partial<Visit>; onPurpose?: readonly string[] } = {},
): Promise<Result> {
  const result = await bench.run({
    world: { ...WORLD, ...change.world },
    visit: { ...VISIT, ...change.visit, wishes: { ...ADA, ...wishes } },
  });
  expect(result.differences).toEqual([]);
  expect(result.purposes).toEqual(change.onPurpose ?? []);
  return result;
}

/** @returns the account that the portal made */
function account({ portal }: Result) {
  expect(portal.outcome.status).toBe('accepted');
  const user = portal.outcome.status === 'accepted' ? portal.outcome.user : undefined;
  expect(user, 'the portal has made an account').toBeDefined();
  return user;
}

/** @returns the message keys of each field that the portal refused */
function messages({ portal }: Result): Record<string, string[]> {
  const errors = portal.outcome.status === 'refused' ? portal.outcome.errors : {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, all]) => [field, all.map((message) => message.split('|')[0] ?? '')]),
  );
}

const policy = (items: string) => ({ world: { passwordPolicy: `${items} and ${WORLD.passwordPolicy}` } });

test.describe('RegisterTest', () => {
  test('registerExistingUsernameForbidden', async () => {
    expect(messages(await signUp({ username: ['TAKEN'] }))).toEqual({ username: ['usernameExistsMessage'] });
  });

  test('registerExistingEmailForbidden: nobody is made, and nobody is told', async () => {
    const result = await signUp({ email: ['Taken@Example.com'] }, { onPurpose: ['a known address is not told'] });
    expect(result.portal.outcome).toEqual({ status: 'accepted', user: undefined });
  });

  test('registerExistingEmailAllowed', async () => {
    const world = { duplicateEmails: true, loginWithEmail: false };
    expect(account(await signUp({ email: ['taken@example.com'] }, { world }))?.email).toBe('taken@example.com');
  });

  test('registerUpperCaseEmail', async () => {
    const user = account(await signUp({ email: ['RegisterUser@EXAMPLE.com'] }));
    expect(user).toMatchObject({ email: 'registeruser@example.com', username: 'registeruser' });
  });

  test('registerUpperCaseEmailAsUsername', async () => {
    const world = { emailAsUsername: true };
    const user = account(await signUp({ email: ['RegisterUser@EXAMPLE.com'] }, { world }));
    expect(user).toMatchObject({ email: 'registeruser@example.com', username: 'registeruser@example.com' });
  });

  test('registerUserInvalidPasswordConfirm', async () => {
    const result = await signUp({ 'password-confirm': ['invalid'] });
    expect(messages(result)).toEqual({ 'password-confirm': ['invalidPasswordConfirmMessage'] });
  });

  test('registerUserMissingPassword', async () => {
    const result = await signUp({ password: [''], 'password-confirm': [''] });
    expect(messages(result)).toEqual({ password: ['missingPasswordMessage'] });
  });

  test('registerPasswordPolicy: a bare length means 8', async () => {
    const short = await signUp({ password: ['pass'], 'password-confirm': ['pass'] }, policy('length'));
    expect(short.portal.outcome).toMatchObject({ errors: { password: ['invalidPasswordMinLengthMessage|8'] } });
    const long = await signUp({ password: ['password'], 'password-confirm': ['password'] }, policy('length'));
    expect(account(long)?.credentials).toEqual(['password']);
  });

  test('registerUserMissingUsername', async () => {
    expect(messages(await signUp({ username: [''] }))).toEqual({ username: ['missingUsernameMessage'] });
  });

  test('registerUserMissingEmail', async () => {
    expect(messages(await signUp({ email: [''] }))).toEqual({ email: ['missingEmailMessage'] });
  });

  test('registerUserInvalidEmail', async () => {
    expect(messages(await signUp({ email: ['registerUserInvalidEmailemail'] }))).toEqual({
      email: ['error-invalid-email'],
    });
  });

  test('registerUserManyErrors: one for every field at once', async () => {
    const empty = Object.fromEntries(Object.keys(ADA).map((name) => [name, ['']]));
    expect(messages(await signUp(empty))).toEqual({
      username: ['missingUsernameMessage'],
      email: ['missingEmailMessage'],
      firstName: ['error-user-attribute-required'],
      lastName: ['error-user-attribute-required'],
      password: ['missingPasswordMessage'],
    });
  });

  test('registerUserSuccess: odd characters in the username, and no attribute but the language', async () => {
    const user = account(await signUp({ username: ['register.User-12_3@x'] }));
    expect(user).toMatchObject({ username: 'register.user-12_3@x', enabled: true, emailVerified: false });
    expect(user?.attributes).toEqual({ locale: ['en'] });
    expect(user?.groups).toEqual(['/everyone']);
  });

  test('registerUserChangedLocaleSuccess', async () => {
    const user = account(await signUp({}, { visit: { locale: 'de' } }));
    expect(user?.attributes).toEqual({ locale: ['de'] });
  });

  test('without internationalization no language is stored', async () => {
    expect(account(await signUp({}, { world: { internationalization: false } }))?.attributes).toEqual({});
  });

  for (const editUsername of [true, false]) {
    test(`registerUserSuccessEditUsername${editUsername ? 'Enabled' : 'Disabled'}`, async () => {
      expect(account(await signUp({}, { world: { editUsername } }))?.username).toBe('registeruser');
    });
  }

  test('registerUserUmlats', async () => {
    const user = account(await signUp({ firstName: ['Äǜǳǰ'], lastName: ['Öçşñ'] }));
    expect(user).toMatchObject({ firstName: 'Äǜǳǰ', lastName: 'Öçşñ' });
  });

  test('registerUserNotUsernamePasswordPolicy', async () => {
    const password = ['REGISTERUSER'];
    const result = await signUp({ password, 'password-confirm': password }, policy('notUsername(undefined)'));
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotUsernameMessage'] });
  });

  test('registerUserNotContainsUsernamePasswordPolicy', async () => {
    const password = ['xRegisterUserx'];
    const result = await signUp({ password, 'password-confirm': password }, policy('notContainsUsername(undefined)'));
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotContainsUsernameMessage'] });
  });

  test('registerUserNotEmailPasswordPolicy, with e-mail as username', async () => {
    const password = ['REGISTERUSER@example.com'];
    const { world } = policy('notEmail(undefined)');
    const change = { world: { ...world, emailAsUsername: true } };
    const result = await signUp({ password, 'password-confirm': password }, change);
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotEmailMessage'] });
  });

  test('the same with a username apart: the hosted page would store the account without its password', async () => {
    const password = ['registeruser@example.com'];
    const onPurpose = ['a password is compared with the address'];
    const result = await signUp(
      { password, 'password-confirm': password },
      { ...policy('notEmail(undefined)'), onPurpose },
    );
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotEmailMessage'] });
  });

  test('a password that only the server can judge: a denylist, and a pattern with lookahead', async () => {
    const listed = ['Harbour-Light-42'];
    const denylist = policy('passwordBlacklist(common.txt)');
    const denied = await signUp({ password: listed, 'password-confirm': listed }, denylist);
    expect(messages(denied)).toEqual({ password: ['invalidPasswordBlacklistedMessage'] });
    const undigited = ['no-digit-in-it'];
    const lookahead = policy('regexPattern((?=.*[0-9]).*)');
    const refused = await signUp({ password: undigited, 'password-confirm': undigited }, lookahead);
    expect(refused.portal.outcome).toMatchObject({
      errors: { password: ['invalidPasswordRegexPatternMessage|(?=.*[0-9]).*'] },
    });
  });

  test('registerExistingUser_emailAsUsername', async () => {
    const change = { world: { emailAsUsername: true }, onPurpose: ['a known address is not told'] };
    const result = await signUp({ email: ['taken@example.com'] }, change);
    expect(result.portal.outcome).toEqual({ status: 'accepted', user: undefined });
  });

  test('registerUserMissingOrInvalidEmail_emailAsUsername', async () => {
    const change = { world: { emailAsUsername: true } };
    expect(messages(await signUp({ email: [''] }, change))).toEqual({ email: ['missingEmailMessage'] });
    expect(messages(await signUp({ email: ['registerUser'] }, change))).toEqual({
      email: ['error-invalid-email', 'invalidEmailMessage'],
    });
  });

  for (const editUsername of [true, false]) {
    test(`registerUserSuccess_emailAsUsername, edit username ${editUsername ? 'on' : 'off'}`, async () => {
      const user = account(await signUp({}, { world: { emailAsUsername: true, editUsername } }));
      expect(user?.username).toBe('registeruser@example.com');
    });
  }

  test('registerWithLoginHint, and _emailAsUsername: what the application knows is filled in', async ({ page }) => {
    const url = `${stack.portals.parity?.url}/en/sign-up?login_hint=${encodeURIComponent('ada+hint@example.com')}`;
    await signUp({});
    await page.goto(url);
    await expect(page.locator('[name="username"]')).toHaveValue('ada+hint@example.com');
    await signUp({}, { world: { emailAsUsername: true } });
    await page.goto(url);
    await expect(page.locator('[name="email"]')).toHaveValue('ada+hint@example.com');
    await page.goto(`${url}${'x'.repeat(255)}`);
    await expect(page.locator('[name="email"]')).toHaveValue('');
  });
});

test.describe('RegisterWithEmailVerificationTest', () => {
  const afterwards = { passwordMode: 'after-verification' } as const;
  const onPurpose = ['VERIFY_EMAIL is in the link'];

  test('registerUserSuccessWithEmailVerification: no password on the form, one is asked for later', async () => {
    const result = await signUp({}, { visit: afterwards, onPurpose });
    expect(Object.keys(result.portal.shape.fields)).toEqual(['username', 'email', 'firstName', 'lastName']);
    expect(account(result)).toMatchObject({ credentials: [], requiredActions: ['UPDATE_PASSWORD'] });
  });

  test('registerUserSuccessWithEmailVerification_emailVerifyDefaultAction: the realm’s default actions stay', async () => {
    const result = await signUp({}, { visit: afterwards, world: { defaultAction: true }, onPurpose });
    expect(account(result)?.requiredActions).toEqual(['TERMS_AND_CONDITIONS', 'UPDATE_PASSWORD']);
  });

  test('registerUserSuccessWithEmailVerification_passwordOnRegisterForm', async () => {
    const result = await signUp({});
    expect(Object.keys(result.portal.shape.fields)).toContain('password');
    expect(account(result)).toMatchObject({ credentials: ['password'], requiredActions: [] });
  });
});

test.describe('RegisterWithUserProfileTest', () => {
  const lastNameAs = (change: Partial<UPAttribute>) => ({
    profile: profile({ lastName: personName('lastName', change) }),
  });
  const optional = { required: undefined } as unknown as Partial<UPAttribute>;
  const custom = (change: Partial<UPAttribute>): UPAttribute => ({
    name: 'department',
    permissions: EVERYONE,
    ...change,
  });
  const withCustom = (change: Partial<UPAttribute>) => ({ profile: profile({ more: [custom(change)] }) });

  test('testRegisterUserSuccess_lastNameOptional', async () => {
    const user = account(await signUp({ lastName: [''] }, { world: lastNameAs(optional) }));
    expect(user?.lastName).toBeUndefined();
  });

  test('testRegisterUserSuccess_lastNameRequiredForScope_notRequested', async () => {
    const world = lastNameAs({ required: { scopes: ['alpha'] } });
    expect(account(await signUp({ lastName: [''] }, { world, visit: { client: 'offers' } }))?.lastName).toBeUndefined();
  });

  test('testRegisterUserInvalidLastName_lastNameRequiredForScope_requested', async () => {
    const world = lastNameAs({ required: { scopes: ['alpha'] } });
    const result = await signUp({ lastName: [''] }, { world, visit: { client: 'offers', scopes: ['alpha'] } });
    expect(messages(result)).toEqual({ lastName: ['error-user-attribute-required'] });
  });

  test('testRegisterUserInvalidLastName_lastNameRequiredForScope_clientDefault', async () => {
    const world = lastNameAs({ required: { scopes: ['alpha'] } });
    const result = await signUp({ lastName: [''] }, { world, visit: { client: 'some' } });
    expect(messages(result)).toEqual({ lastName: ['error-user-attribute-required'] });
  });

  test('testRegisterUserSuccess_lastNameLengthValidation, and InvalidLastNameLength', async () => {
    const world = lastNameAs({ validations: { length: { min: 3, max: 5 } } });
    expect(account(await signUp({ lastName: ['abcde'] }, { world }))?.lastName).toBe('abcde');
    const result = await signUp({ lastName: ['ab'] }, { world });
    expect(result.portal.outcome).toMatchObject({ errors: { lastName: ['error-invalid-length|3|5|{3}'] } });
  });

  test('testAttributeDisplayName: a key, a missing one, a literal', async () => {
    const more = [
      custom({ name: 'keyed', displayName: messageKey('parity.label') }),
      custom({ name: 'nameless' }),
      custom({ name: 'literal', displayName: 'Plain words' }),
    ];
    const { portal } = await signUp({}, { world: { profile: profile({ more }) } });
    const labels = Object.entries(portal.shape.fields).map(([name, { label }]) => [name, label]);
    expect(Object.fromEntries(labels)).toMatchObject({
      keyed: 'A label of the realm',
      nameless: 'nameless',
      literal: 'Plain words',
    });
  });

  test('testAttributeGuiOrder: as configured, the password behind the username', async () => {
    const attributes = [custom({}), personName('lastName'), USERNAME, personName('firstName'), EMAIL];
    const { portal } = await signUp({}, { world: { profile: { attributes, groups: [] } } });
    const order = ['department', 'lastName', 'username', 'password', 'password-confirm', 'firstName', 'email'];
    expect(portal.shape.order).toEqual(order);
  });

  test('testAttributeInputTypes', async () => {
    const options = { options: { options: ['red', '42'] } };
    const types: readonly [string, string][] = [
      ['text', 'text'],
      ['textarea', 'textarea'],
      ['select', 'select'],
      ['select-radiobuttons', 'radio'],
      ['multiselect', 'multiselect'],
      ['multiselect-checkboxes', 'checkbox'],
      ...['email', 'tel', 'url', 'number', 'range', 'date', 'month', 'time', 'datetime-local'].map(
        (type): [string, string] => [`html5-${type}`, type],
      ),
    ];
    const more = types.map(([inputType]) =>
      custom({
        name: inputType,
        annotations: { inputType, inputOptionLabels: { red: 'Rouge' } },
        validations: inputType.includes('select') ? options : {},
      }),
    );
    const { portal } = await signUp({}, { world: { profile: profile({ more }) } });
    for (const [inputType, type] of types) expect(portal.shape.fields[inputType]?.type).toBe(type);
    expect(portal.shape.fields.select?.options).toEqual([
      { value: 'red', label: 'Rouge' },
      { value: '42', label: '42' },
    ]);
  });

  test('testAttributeGrouping: those without a group first, then by the raw header', async () => {
    const groups = [
      { name: 'zulu', displayHeader: 'Zulu header' },
      { name: 'company', displayHeader: messageKey('parity.header.a'), displayDescription: 'Description' },
    ];
    const more = [
      custom({ name: 'first', group: 'zulu' }),
      custom({ name: 'second', group: 'company' }),
      custom({ name: 'third' }),
    ];
    const { portal } = await signUp({}, { world: { profile: { ...profile({ more }), groups } } });
    expect(portal.shape.order.slice(-5)).toEqual(['third', '#First header', 'second', '#Zulu header', 'first']);
  });

  test('requiredReadOnlyAttributeNotRenderedAndNotBlockingRegistration', async () => {
    const world = withCustom({ required: USER, permissions: { view: ['user'], edit: ['admin'] } });
    const result = await signUp({ department: ['posted'] }, { world, visit: { forged: true } });
    expect(account(result)?.attributes).toEqual({ locale: ['en'] });
    expect(Object.keys(result.portal.shape.fields)).not.toContain('department');
  });

  test('attributeRequiredAndSelectedByScopeMustBeSet', async () => {
    const world = withCustom({ required: USER, selector: { scopes: ['alpha'] } });
    const visit = { client: 'some' } as const;
    expect(messages(await signUp({}, { world, visit }))).toEqual({ department: ['error-user-attribute-required'] });
    expect(account(await signUp({ department: ['it'] }, { world, visit }))?.attributes.department).toEqual(['it']);
  });

  test('attributeNotRequiredAndSelectedByScopeCanBeIgnored, and CanBeSet', async () => {
    const world = withCustom({ selector: { scopes: ['alpha'] } });
    const visit = { client: 'some' } as const;
    expect(account(await signUp({}, { world, visit }))?.attributes).toEqual({ locale: ['en'] });
    expect(account(await signUp({ department: ['it'] }, { world, visit }))?.attributes.department).toEqual(['it']);
  });

  test('attributeRequiredButNotSelectedByScopeIsNotRenderedAndNotBlockingRegistration', async () => {
    const world = withCustom({ required: USER, selector: { scopes: ['alpha'] } });
    const result = await signUp({}, { world });
    expect(account(result)?.attributes).toEqual({ locale: ['en'] });
    expect(Object.keys(result.portal.shape.fields)).not.toContain('department');
  });

  test('testEmailAsOptional', async () => {
    const { required: _, ...email } = EMAIL;
    expect(account(await signUp({ email: [''] }, { world: { profile: profile({ email }) } }))?.email).toBeUndefined();
  });

  test('testEmailRequiredForUser', async () => {
    expect(messages(await signUp({ email: [''] }))).toEqual({ email: ['missingEmailMessage'] });
  });

  test('testEmailNotWritable, and NotShownIfReadOnly: no address is asked for', async () => {
    const email = { ...EMAIL, permissions: { view: ['admin', 'user'], edit: ['admin'] } };
    const result = await signUp({}, { world: { profile: profile({ email }) } });
    expect(Object.keys(result.portal.shape.fields)).not.toContain('email');
    expect(account(result)?.email).toBeUndefined();
  });

  test('testEmailNotAllowedButEmailAsUsername: it is asked for all the same', async () => {
    const email = { ...EMAIL, permissions: { view: ['admin', 'user'], edit: ['admin'] } };
    const result = await signUp({}, { world: { emailAsUsername: true, profile: profile({ email }) } });
    expect(account(result)?.email).toBe('registeruser@example.com');
  });
});
