import { describe, expect, it } from 'vitest';
import { ANN, CONTEXT, EVERYONE, formWith } from './testing.fixture';
import type { FormModel, FormValues, UPAttribute } from './types';
import { validate } from './validate';

const failures = (model: FormModel, values: FormValues) =>
  validate(model, values, CONTEXT).map(({ field, code }) => `${field}: ${code}`);

const custom = (attribute: Partial<UPAttribute> = {}): UPAttribute => ({
  name: 'custom',
  permissions: EVERYONE,
  ...attribute,
});

describe('sign-up with the default profile (RegisterTest)', () => {
  const model = formWith([]);

  it('registerUserSuccess: accepts what Keycloak accepts', () => {
    expect(validate(model, ANN, CONTEXT)).toEqual([]);
    expect(failures(model, { ...ANN, username: ['a.b-c@d_e'], firstName: ['Äöü'], lastName: ['Çß'] })).toEqual([]);
  });

  it('registerUserManyErrors: every empty field has one error, in the order of the form', () => {
    const missing = [
      'username: missingUsernameMessage',
      'email: missingEmailMessage',
      'firstName: error-user-attribute-required',
      'lastName: error-user-attribute-required',
    ];
    expect(failures(model, { username: [''], email: [''], firstName: [''], lastName: [''] })).toEqual(missing);
  });

  it('an e-mail that was not posted at all is required, where one that was left empty is missing', () => {
    expect(failures(model, {})).toContain('email: error-user-attribute-required');
  });

  it('testDefaultConfig: blank is missing', () => {
    expect(failures(model, { ...ANN, lastName: ['  '] })).toEqual(['lastName: error-user-attribute-required']);
  });

  it('registerUserInvalidEmail: a leading blank is an error, nothing is trimmed', () => {
    expect(failures(model, { ...ANN, email: [' ann@example.com'] })).toEqual(['email: error-invalid-email']);
  });

  it('registerUpperCaseEmail: is judged in lower case, as Keycloak keeps it', () => {
    expect(failures(model, { ...ANN, email: ['ANN@Example.COM'] })).toEqual([]);
    const lower = formWith([{ name: 'username', validations: { pattern: { pattern: '[a-z]+' } } }]);
    expect(failures(lower, { ...ANN, username: ['ANN'] })).toEqual([]);
    expect(validate(model, { ...ANN, email: ['A B@x'] }, CONTEXT)[0]?.params).toEqual(['a b@x']);
  });

  it('shows every broken rule of a field', () => {
    expect(failures(model, { ...ANN, username: ["а'"] })).toEqual([
      'username: error-invalid-length',
      'username: error-username-invalid-character',
    ]);
  });

  it('two values of a single-valued field are refused', () => {
    expect(failures(model, { ...ANN, firstName: ['Ann', 'Bea'] })).toEqual([
      'firstName: error-invalid-multivalued-size',
    ]);
  });

  it('ignores what the form does not ask for', () => {
    expect(failures(model, { ...ANN, isAdmin: ['true'] })).toEqual([]);
  });

  it('a name such as constructor has no value by nature', () => {
    expect(failures(formWith([custom({ name: 'constructor', required: {} })]), ANN)).toEqual([
      'constructor: error-user-attribute-required',
    ]);
  });
});

describe('e-mail as username', () => {
  const model = formWith([], { registrationEmailAsUsername: true });
  const { username: _, ...names } = ANN;

  it('registerUserSuccess_emailAsUsername', () => {
    expect(failures(model, names)).toEqual([]);
  });

  it('registerUserMissingOrInvalidEmail_emailAsUsername', () => {
    expect(failures(model, { ...names, email: [''] })).toEqual(['email: missingEmailMessage']);
    expect(failures(model, { ...names, email: ['x y'] })).toEqual([
      'email: error-invalid-email',
      'email: invalidEmailMessage',
    ]);
  });

  it('a homograph in the e-mail is told, where the hosted page stays silent', () => {
    expect(failures(model, { ...names, email: ['ann@ехample.com'] })).toEqual([
      'email: error-username-invalid-character',
    ]);
  });
});

describe('fields with several values', () => {
  const colours = (attribute: Partial<UPAttribute> = {}) =>
    formWith([
      custom({
        multivalued: true,
        annotations: { inputType: 'multiselect-checkboxes' },
        validations: { options: { options: ['red', 'green', 'blue'] } },
        ...attribute,
      }),
    ]);

  it('keycloak#34033: 0, 1 and 3 choices', () => {
    expect(failures(colours(), ANN)).toEqual([]);
    expect(failures(colours(), { ...ANN, custom: ['red'] })).toEqual([]);
    expect(failures(colours(), { ...ANN, custom: ['red', 'green', 'blue'] })).toEqual([]);
    expect(failures(colours(), { ...ANN, custom: ['red', 'pink'] })).toEqual(['custom: error-invalid-value']);
  });

  it('keycloak#52776: required checkboxes can be submitted, the hidden blank does not count', () => {
    expect(failures(colours({ required: {} }), { ...ANN, custom: ['', 'red'] })).toEqual([]);
    expect(failures(colours({ required: {} }), { ...ANN, custom: [''] })).toEqual([
      'custom: error-user-attribute-required',
    ]);
  });

  it('the same fault of two values is told once', () => {
    expect(failures(colours(), { ...ANN, custom: ['pink', 'grey'] })).toEqual(['custom: error-invalid-value']);
  });

  it('a multiselect of a single-valued attribute takes one choice', () => {
    const single = colours({ multivalued: false, annotations: { inputType: 'multiselect' } });
    expect(failures(single, { ...ANN, custom: ['red', 'green'] })).toEqual(['custom: error-invalid-multivalued-size']);
  });
});

describe('a default value (testDefaultValue)', () => {
  const model = formWith([custom({ required: {}, defaultValue: 'red' })]);

  it('stands in for a field that was not posted', () => {
    expect(failures(model, ANN)).toEqual([]);
  });

  it('does not stand in for one that was emptied', () => {
    expect(failures(model, { ...ANN, custom: [''] })).toEqual(['custom: error-user-attribute-required']);
  });
});

it('a value of a name that Keycloak keeps for itself is refused', () => {
  expect(failures(formWith([custom({ name: 'LDAP_ID' })]), { ...ANN, LDAP_ID: ['x'] })).toEqual([
    'LDAP_ID: updateReadOnlyAttributesRejectedMessage',
  ]);
});

describe('the password', () => {
  const realm = { passwordPolicy: 'length(8) and notUsername and notEmail' };
  const model = formWith([], realm, { withPassword: true });
  const typed = (password: string, confirmation = password) => ({
    ...ANN,
    password: [password],
    'password-confirm': [confirmation],
  });

  it('is judged where the form shows it, after the username', () => {
    expect(failures(model, { ...typed('short', 'shorter'), email: [''] })).toEqual([
      'password: invalidPasswordMinLengthMessage',
      'password-confirm: invalidPasswordConfirmMessage',
      'email: missingEmailMessage',
    ]);
  });

  it('registerUserMissingPassword', () => {
    expect(failures(model, ANN)).toEqual(['password: missingPasswordMessage']);
  });

  it('keycloak#23183: changing the password after its repetition breaks the repetition', () => {
    expect(failures(model, typed('longenough'))).toEqual([]);
    expect(failures(model, typed('longenough2', 'longenough'))).toEqual([
      'password-confirm: invalidPasswordConfirmMessage',
    ]);
  });

  it('is compared with the e-mail, also where that is the username', () => {
    expect(failures(model, typed('ANN@example.com'))).toEqual(['password: invalidPasswordNotEmailMessage']);
    const asUsername = formWith([], { ...realm, registrationEmailAsUsername: true }, { withPassword: true });
    expect(failures(asUsername, typed('ann@example.com'))).toEqual([
      'password: invalidPasswordNotUsernameMessage',
      'password: invalidPasswordNotEmailMessage',
    ]);
  });

  it('a form without the field before it asks for it at the end', () => {
    const bare = { ...model, groups: [] };
    expect(failures(bare, {})).toEqual(['password: missingPasswordMessage']);
  });
});
