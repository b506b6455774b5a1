import { EVERYONE, messageKey } from '../lib/profile/testing.fixture';
import type { UPAttribute } from '../lib/profile/types';
import {
  account,
  EMAIL,
  FIRST_NAME,
  LAST_NAME,
  messages,
  openBothPages,
  profileOf,
  signUp,
  USERNAME,
} from './both-pages';
import { expect, test } from './fixtures';

const USER = { roles: ['user'] };

openBothPages();

test.describe('RegisterWithUserProfileTest', () => {
  const { required: _, ...OPTIONAL_LAST_NAME } = LAST_NAME;
  const lastNameAs = (change: Partial<UPAttribute>) => ({ profile: profileOf({ ...LAST_NAME, ...change }) });
  const custom = (change: Partial<UPAttribute>): UPAttribute => ({
    name: 'department',
    permissions: EVERYONE,
    ...change,
  });
  const withCustom = (change: Partial<UPAttribute>) => ({ profile: profileOf(custom(change)) });

  test('testRegisterUserSuccess_lastNameOptional', async () => {
    const user = account(await signUp({ lastName: [''] }, { world: { profile: profileOf(OPTIONAL_LAST_NAME) } }));
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
    expect(result.portal.outcome).toMatchObject({ errors: { lastName: ['en:error-invalid-length|3|5|{3}'] } });
  });

  test('testAttributeDisplayName: a key, a missing one, a literal', async () => {
    const more = [
      custom({ name: 'keyed', displayName: messageKey('parity.label') }),
      custom({ name: 'nameless' }),
      custom({ name: 'literal', displayName: 'Plain words' }),
    ];
    const { portal } = await signUp({}, { world: { profile: profileOf(...more) } });
    const labels = Object.entries(portal.shape.fields).map(([name, { label }]) => [name, label]);
    expect(Object.fromEntries(labels)).toMatchObject({
      keyed: 'A label of the realm (en)',
      nameless: 'nameless',
      literal: 'Plain words',
    });
  });

  test('testAttributeGuiOrder: as configured, the password behind the username', async () => {
    const attributes = [custom({}), LAST_NAME, USERNAME, FIRST_NAME, EMAIL];
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
        annotations: {
          inputType,
          inputOptionLabels: { red: 'Rouge' },
          inputTypePlaceholder: messageKey('parity.label'),
          inputHelperTextBefore: 'Help <b>above</b>',
          inputHelperTextAfter: messageKey('parity.quoted'),
        },
        validations: inputType.includes('select') ? options : {},
      }),
    );
    const { portal } = await signUp({}, { world: { profile: profileOf(...more) } });
    for (const [inputType, type] of types) expect(portal.shape.fields[inputType]?.type).toBe(type);
    expect(portal.shape.fields.select?.options).toEqual([
      { value: 'red', label: 'Rouge' },
      { value: '42', label: '42' },
    ]);
    expect(portal.shape.fields.text).toMatchObject({
      placeholder: 'A label of the realm (en)',
      before: 'Help above',
      after: "It's the realm's own, and no {0} (en)",
    });
  });

  test('testAttributeInputTypes: options of another validator, and labels by a prefix', async () => {
    const more = [
      custom({
        name: 'elsewhere',
        annotations: { inputType: 'select', inputOptionsFromValidation: 'length' },
        validations: { length: { max: 9, options: ['red', 'green'] }, options: { options: ['42'] } },
      }),
      custom({
        name: 'prefixed',
        annotations: { inputType: 'select-radiobuttons', inputOptionLabelsI18nPrefix: 'parity.option' },
        validations: { options: { options: ['red', '42'] } },
      }),
    ];
    const { portal } = await signUp({}, { world: { profile: profileOf(...more) } });
    expect(portal.shape.fields.elsewhere?.options.map(({ value }) => value)).toEqual(['red', 'green']);
    expect(portal.shape.fields.prefixed?.options.map(({ label }) => label)).toEqual(['Red one (en)', 'Forty-two (en)']);
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
    const { portal } = await signUp({}, { world: { profile: { ...profileOf(...more), groups } } });
    const order = ['third', '#First header (en): Description', 'second', '#Zulu header', 'first'];
    expect(portal.shape.order.slice(-5)).toEqual(order);
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
    const { required: __, ...email } = EMAIL;
    expect(account(await signUp({ email: [''] }, { world: { profile: profileOf(email) } }))?.email).toBeUndefined();
  });

  test('testEmailAsRequired', async () => {
    const email = { ...EMAIL, required: {} };
    const result = await signUp({ email: [''] }, { world: { profile: profileOf(email) } });
    expect(messages(result)).toEqual({ email: ['missingEmailMessage'] });
  });

  test('testEmailRequiredForUser', async () => {
    expect(messages(await signUp({ email: [''] }))).toEqual({ email: ['missingEmailMessage'] });
  });

  test('testEmailNotWritable, and NotShownIfReadOnly: no address is asked for', async () => {
    const email = { ...EMAIL, permissions: { view: ['admin', 'user'], edit: ['admin'] } };
    const result = await signUp({}, { world: { profile: profileOf(email) } });
    expect(Object.keys(result.portal.shape.fields)).not.toContain('email');
    expect(account(result)?.email).toBeUndefined();
  });

  test('testEmailNotAllowedButEmailAsUsername: it is asked for all the same', async () => {
    const email = { ...EMAIL, permissions: { view: ['admin', 'user'], edit: ['admin'] } };
    const result = await signUp({}, { world: { emailAsUsername: true, profile: profileOf(email) } });
    expect(account(result)?.email).toBe('registeruser@example.com');
  });
});
