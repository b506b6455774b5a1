import { describe, expect, it } from 'vitest';
import { deriveForm } from './form-model';
import {
  DEFAULT_ATTRIBUTES,
  DEFAULT_PROFILE,
  EVERYONE,
  fieldFor,
  fieldIn,
  formWith,
  messageKey,
  profileWith,
  REALM,
  REQUEST,
} from './testing.fixture';
import type { FormModel, RealmSettings, UPAttribute } from './types';

const namesOf = (model: FormModel) => model.groups.flatMap((group) => group.fields.map((field) => field.name));
const rulesOf = (model: FormModel, name: string) => fieldIn(model, name)?.rules.map((rule) => rule.id);

describe('the form of the default profile', () => {
  const model = deriveForm(DEFAULT_PROFILE, REALM, REQUEST);

  it('asks for username, e-mail and names, all of them required, in the order of the profile', () => {
    expect(namesOf(model)).toEqual(['username', 'email', 'firstName', 'lastName']);
    expect(model.groups).toHaveLength(1);
    expect(model.groups[0]?.fields.every((field) => field.required)).toBe(true);
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('carries every rule that Keycloak runs, also those that it adds itself', () => {
    expect(rulesOf(model, 'username')).toEqual([
      'up-username-has-value',
      'up-attribute-required-by-metadata-value',
      'length',
      'username-prohibited-characters',
      'up-username-not-idn-homograph',
      'multivalued',
      'column-length',
    ]);
    expect(rulesOf(model, 'email')).toEqual([
      'up-blank-attribute-value',
      'up-attribute-required-by-metadata-value',
      'email',
      'length',
      'multivalued',
      'column-length',
    ]);
  });

  it('says what to fill in automatically (WCAG 2.2, 1.3.5)', () => {
    const tokens = model.groups[0]?.fields.map((field) => field.autocomplete);
    expect(tokens).toEqual(['username', 'email', 'given-name', 'family-name']);
  });

  it('has no password unless it is asked for', () => {
    expect(model.password).toBeUndefined();
  });
});

it('an empty profile is an empty form', () => {
  expect(deriveForm({}, REALM, REQUEST).groups).toEqual([]);
});

describe('who may edit (RegisterWithUserProfileTest)', () => {
  const attribute = (permissions: UPAttribute['permissions']): UPAttribute => ({
    name: 'department',
    required: {},
    ...(permissions && { permissions }),
  });

  it.each([
    // The hosted page asks for it; the admin API would drop it.
    ['edit: user', { edit: ['user'] }, false],
    ['edit: admin (requiredReadOnlyAttributeNotRenderedAndNotBlocking)', { view: ['user'], edit: ['admin'] }, false],
    ['view: admin, edit: user', { view: ['admin'], edit: ['user'] }, false],
    ['no permissions at all', undefined, false],
    ['empty permissions', {}, false],
  ])('%s: shown %s', (_, permissions, isShown) => {
    expect(fieldIn(formWith([attribute(permissions)]), 'department') !== undefined).toBe(isShown);
  });

  it('the hidden locale attribute is not a field', () => {
    expect(fieldIn(formWith([{ name: 'locale', permissions: EVERYONE }]), 'locale')).toBeUndefined();
  });

  it('an attribute cannot be called like the prototype', () => {
    expect(namesOf(formWith([{ name: '__proto__', permissions: EVERYONE }]))).not.toContain('__proto__');
  });
});

describe('username and e-mail in all combinations', () => {
  const admin = { view: ['admin'], edit: ['admin'] };

  it('without permissions they are writable by everyone (testUsernameAndEmailPermissionNotSetIfEmpty)', () => {
    expect(namesOf(formWith([{ name: 'username' }, { name: 'email', permissions: {} }]))).toEqual([
      'firstName',
      'lastName',
      'username',
      'email',
    ]);
  });

  it('the username is always asked for and required, whatever the profile says', () => {
    const field = fieldIn(formWith([{ name: 'username', permissions: admin }]), 'username');
    expect(field?.required).toBe(true);
  });

  it('testEmailAsOptional: an e-mail without required is optional', () => {
    const model = formWith([{ name: 'email', permissions: EVERYONE }]);
    expect(fieldIn(model, 'email')?.required).toBe(false);
    expect(rulesOf(model, 'email')).toEqual(['length', 'multivalued', 'column-length']);
  });

  it('testEmailNotWritable: it is not shown, and its being required does not block', () => {
    expect(fieldIn(formWith([{ ...DEFAULT_ATTRIBUTES.email, permissions: admin }]), 'email')).toBeUndefined();
  });

  it('testEmailNotAllowedButEmailAsUsername: it is shown and required all the same', () => {
    const email = { name: 'email', permissions: admin };
    const model = formWith([email], { registrationEmailAsUsername: true });
    expect(fieldIn(model, 'email')?.required).toBe(true);
    expect(fieldIn(model, 'username')).toBeUndefined();
    expect(model.emailAsUsername).toBe(true);
  });

  it('e-mail as username runs the rules of the username on the e-mail, but not the prohibited characters', () => {
    const model = formWith([], { registrationEmailAsUsername: true });
    expect(fieldIn(model, 'email')?.rules).toEqual([
      { id: 'up-blank-attribute-value', config: { 'error-message': 'missingEmailMessage' } },
      { id: 'up-attribute-required-by-metadata-value', config: {} },
      { id: 'email', config: {} },
      { id: 'length', config: { max: 255 } },
      { id: 'multivalued', config: { max: '1', required: true } },
      { id: 'column-length', config: { max: 255, trimmed: 255 } },
      { id: 'up-registration-email-as-username-email-value', config: {} },
      { id: 'length', config: { min: 3, max: 255 } },
      { id: 'up-username-not-idn-homograph', config: {} },
    ]);
  });

  it('e-mail as username skips the prohibited characters of a username, whichever attribute has the rule', () => {
    const site = { name: 'site', permissions: EVERYONE, validations: { 'username-prohibited-characters': {} } };
    expect(rulesOf(formWith([site], { registrationEmailAsUsername: true }), 'site')).toEqual(['length', 'multivalued']);
    expect(rulesOf(formWith([site]), 'site')).toContain('username-prohibited-characters');
  });

  it('e-mail as username checks the format even where the realm took the validator away', () => {
    const model = formWith([{ name: 'email' }], { registrationEmailAsUsername: true });
    expect(rulesOf(model, 'email')).toContain('up-registration-email-as-username-email-value');
  });

  it('a profile without a username brings no rules for it', () => {
    const model = deriveForm(
      { attributes: [{ name: 'email' }] },
      { ...REALM, registrationEmailAsUsername: true },
      REQUEST,
    );
    expect(rulesOf(model, 'email')).not.toContain('up-username-not-idn-homograph');
  });
});

describe('required', () => {
  const lastName = (required: UPAttribute['required']): UPAttribute => ({
    name: 'lastName',
    permissions: EVERYONE,
    ...(required && { required }),
  });

  it.each([
    ['lastNameOptional', undefined, [], false],
    ['always (testCustomAttributeRequired)', {}, [], true],
    ['testRequiredIfUser', { roles: ['user'] }, [], true],
    // Not of a visitor on the hosted page; the admin API makes no account without.
    ['testRequiredIfAdmin', { roles: ['admin'] }, [], true],
    ['admin and scope, not requested', { roles: ['admin'], scopes: ['shop'] }, [], false],
    ['lastNameRequiredForScope_notRequested', { scopes: ['shop'] }, [], false],
    ['lastNameRequiredForScope_requested', { scopes: ['shop'] }, ['shop'], true],
    ['user and scope: both are needed', { roles: ['user'], scopes: ['shop'] }, [], false],
    ['user and scope, requested', { roles: ['user'], scopes: ['shop', 'other'] }, ['shop'], true],
    ['admin or scope, requested', { roles: ['admin'], scopes: ['shop'] }, ['shop'], true],
  ])('%s', (_, required, scopes, expected) => {
    expect(fieldIn(formWith([lastName(required)], {}, { scopes }), 'lastName')?.required).toBe(expected);
  });
});

describe('selector.scopes', () => {
  const required = { roles: ['user'] };
  const department = { name: 'department', permissions: EVERYONE, required, selector: { scopes: ['shop'] } };

  it('attributeRequiredButNotSelectedByScopeIsNotRenderedAndNotBlockingRegistration', () => {
    expect(fieldIn(formWith([department]), 'department')).toBeUndefined();
  });

  it('attributeRequiredAndSelectedByScopeMustBeSet', () => {
    expect(fieldIn(formWith([department], {}, { scopes: ['shop'] }), 'department')?.required).toBe(true);
  });

  it('never applies to username and e-mail', () => {
    const email = { ...DEFAULT_ATTRIBUTES.email, selector: { scopes: ['shop'] } };
    expect(fieldIn(formWith([email]), 'email')).toBeDefined();
  });

  it('an empty selector selects everyone', () => {
    const open = { ...department, selector: {} };
    expect(fieldIn(formWith([open]), 'department')).toBeDefined();
  });
});

describe('order and groups (testAttributeGuiOrder, testAttributeGrouping)', () => {
  const at = (name: string, group?: string): UPAttribute => ({ name, permissions: EVERYONE, ...(group && { group }) });

  it('groupless fields come first, then groups by their raw header, in the order of the profile within', () => {
    const groups = [
      { name: 'zoo', displayHeader: 'Animals', displayDescription: 'All of them' },
      { name: 'company' },
      { name: 'contact', displayHeader: messageKey('contactHeader') },
      { name: 'unused', displayHeader: 'A' },
      { name: 'same', displayHeader: 'Animals', displayDescription: '' },
    ];
    const attributes = [
      at('lion', 'zoo'),
      at('b', 'company'),
      at('x', 'nowhere'),
      at('phone', 'contact'),
      at('a', 'zoo'),
    ];
    const model = deriveForm(profileWith([...attributes, at('bear', 'same')], groups), REALM, REQUEST);
    expect(
      model.groups.map(({ name, header, description, fields }) => [
        name,
        header,
        description,
        fields.map((field) => field.name),
      ]),
    ).toEqual([
      ['', undefined, undefined, ['username', 'email', 'firstName', 'lastName', 'x']],
      // "$" sorts before letters, before it is translated.
      ['contact', messageKey('contactHeader'), undefined, ['phone']],
      ['zoo', 'Animals', 'All of them', ['lion', 'a']],
      ['same', 'Animals', undefined, ['bear']],
      ['company', 'company', undefined, ['b']],
    ]);
  });

  it('the password follows the username, or the e-mail when that is the username', () => {
    const policy = { passwordPolicy: 'length(8)' };
    const request = { withPassword: true };
    expect(formWith([], policy, request).password).toEqual({
      after: 'username',
      policies: [{ id: 'length', value: 8 }],
    });
    expect(formWith([], { ...policy, registrationEmailAsUsername: true }, request).password?.after).toBe('email');
  });
});

describe('labels (testAttributeDisplayName)', () => {
  it.each([
    ['a literal', 'Department', 'Department'],
    ['a message key', messageKey('department'), messageKey('department')],
    ['nothing: the name of the attribute', undefined, 'custom'],
    ['blanks: the name of the attribute', ' ', 'custom'],
  ])('%s', (_, displayName, label) => {
    expect(fieldFor(displayName === undefined ? {} : { displayName }).label).toBe(label);
  });

  it('username and e-mail are born with theirs', () => {
    expect(fieldIn(formWith([{ name: 'email' }]), 'email')?.label).toBe(messageKey('email'));
    expect(fieldIn(formWith([{ name: 'email', displayName: '' }]), 'email')?.label).toBe('email');
  });
});

describe('values of a field', () => {
  it('a single-valued attribute takes one value', () => {
    expect(fieldFor({})).toMatchObject({ multivalued: false, values: { min: 0, max: 1 } });
  });

  it('a multivalued attribute takes any number, one at least when required', () => {
    expect(fieldFor({ multivalued: true })).toMatchObject({ multivalued: true, values: { min: 0, max: null } });
    expect(fieldFor({ multivalued: true, required: {} }).values).toEqual({ min: 1, max: null });
  });

  it('a multivalued validator sets the limits', () => {
    const validations = { multivalued: { min: '2', max: 3 } };
    expect(fieldFor({ multivalued: true, validations }).values).toEqual({ min: 2, max: 3 });
  });

  it('every attribute without a length of its own gets 2048', () => {
    expect(fieldFor({}).rules).toContainEqual({ id: 'length', config: { min: '0', max: '2048' } });
    expect(fieldFor({ validations: { length: { max: 9000 } } }).rules).toContainEqual({
      id: 'length',
      config: { max: 9000 },
    });
  });

  it('a validator saved without settings has none', () => {
    expect(fieldFor({ validations: { 'iso-date': null } }).rules).toContainEqual({ id: 'iso-date', config: {} });
  });

  it('a default value is handed on', () => {
    expect(fieldFor({ defaultValue: 'x' }).defaultValue).toBe('x');
  });

  it('names that Keycloak keeps for itself get its rule', () => {
    const names = (name: string) => fieldFor({ name }).rules.map((rule) => rule.id);
    expect(names('LDAP_Id')).toContain('up-readonly-attribute-unchanged');
    expect(names('saml.persistent.name.id.for.shop')).toContain('up-readonly-attribute-unchanged');
    expect(names('my.LDAP_ID')).not.toContain('up-readonly-attribute-unchanged');
  });
});

describe('what a rule has to know about the realm is in the model', () => {
  const configOf = (id: string, realm: Partial<RealmSettings>) => {
    const model = formWith([{ name: 'email', validations: { email: {}, 'local-date': {} } }], realm);
    return fieldIn(model, 'email')?.rules.find((rule) => rule.id === id)?.config;
  };

  it.each([
    ['mail without SMTPUTF8', true, false, { 'ascii-local-part': true }],
    ['mail with SMTPUTF8', true, true, {}],
    ['no mail at all', false, false, {}],
  ])('keycloak#41994, %s', (_, smtpConfigured, smtpAllowsUtf8, config) => {
    expect(configOf('email', { smtpConfigured, smtpAllowsUtf8 })).toEqual(config);
  });

  it('without internationalization dates are English', () => {
    expect(configOf('local-date', { internationalizationEnabled: true })).toEqual({});
    expect(configOf('local-date', { internationalizationEnabled: false })).toEqual({ locale: 'en' });
  });
});
