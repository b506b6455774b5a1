import { describe, expect, it } from 'vitest';
import { possibleViolations } from './messages';
import { describePolicies, parsePasswordPolicy } from './password';
import { matchPattern as matchInBrowser } from './pattern';
import { matchPattern as matchOnServer } from './pattern-server';
import { runRule } from './rules';
import { checkValues } from './schema';
import { ANN, CONTEXT, EVERYONE, fieldFor, fieldIn, formWith } from './testing.fixture';
import type { FormModel, UPAttribute } from './types';
import { validate } from './validate';
import { readValues, toRepresentation } from './values';

/**
 * What users reported, about Keycloak's own pages and about those that stand in for them: the smallest input of each
 * report, taken all the way from the realm to the user that is sent.
 */

const custom = (attribute: Partial<UPAttribute> = {}): UPAttribute => ({
  name: 'custom',
  permissions: EVERYONE,
  ...attribute,
});

type Posted = Readonly<Record<string, string | readonly string[]>>;

function entriesOf(posted: Posted): (readonly [string, string])[] {
  return Object.entries({ ...ANN, ...posted }).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as const),
  );
}

/** What a post ends in on the server: the user that Keycloak gets, or what the visitor is told. */
function signUp(model: FormModel, posted: Posted, locale = 'en') {
  const values = readValues(model, entriesOf(posted));
  const verdict = checkValues(model, values, { locale, matches: matchOnServer });
  return verdict.ok
    ? toRepresentation(model, verdict.values, locale)
    : verdict.violations.map(({ field, code }) => `${field}: ${code}`);
}

describe('capitals in an address', () => {
  it('keycloak#42373: reach Keycloak as they were typed, which alone decides what is stored', () => {
    expect(signUp(formWith([]), { email: 'BOB@EXAMPLE.com' })).toMatchObject({ email: 'BOB@EXAMPLE.com' });
    expect(signUp(formWith([]), { email: 'BOB@x' })).toMatchObject({ email: 'BOB@x' });
  });

  it('keycloak#31848, PR#8376, terraware#2640: do not make another address of it', () => {
    const model = formWith([], { passwordPolicy: 'notEmail' }, { withPassword: true });
    const password = { password: 'user@example.com', 'password-confirm': 'user@example.com' };
    expect(signUp(model, { email: 'User@Example.COM', ...password })).toEqual([
      'password: invalidPasswordNotEmailMessage',
    ]);
  });

  it('keycloak#47115: are folded before any rule looks at it', () => {
    const model = formWith([
      { name: 'email', permissions: EVERYONE, validations: { pattern: { pattern: '[a-z]+@example\\.com' } } },
    ]);
    expect(signUp(model, { email: 'User@Example.COM' })).toMatchObject({ email: 'User@Example.COM' });
  });
});

describe('an address with letters beyond ASCII', () => {
  const addresses = ['josé@gmail.com', 'diegø@gmail.com', 'tëst@domain.com', '用户@例子.公司'];

  it.each(addresses)(
    'keycloak#41994, #41023: %s is refused where the realm’s mail server cannot send to it',
    (email) => {
      expect(signUp(formWith([], { smtpAllowsUtf8: false }), { email })).toEqual([
        'email: error-non-ascii-local-part-email',
      ]);
    },
  );

  it.each(addresses)('keycloak#20878, #24242, #11259: %s is taken where it can, and where nothing is sent', (email) => {
    expect(signUp(formWith([], { smtpAllowsUtf8: true }), { email })).toMatchObject({ email });
    expect(signUp(formWith([], { smtpConfigured: false, smtpAllowsUtf8: false }), { email })).toMatchObject({ email });
  });

  it.each(['ann@例子.公司', 'ann@xn--fsqu00a.xn--55qx5d', 'ann@bücher.example'])(
    'keycloak#10620: %s is sent as it was typed, whatever the mail server can do',
    (email) => {
      expect(signUp(formWith([], { smtpAllowsUtf8: false }), { email })).toMatchObject({ email });
    },
  );
});

describe('logto, clerk: plus addresses', () => {
  it('are taken, and the plus is sent', () => {
    expect(signUp(formWith([]), { email: 'a+b@x.y' })).toMatchObject({ email: 'a+b@x.y' });
    const asUsername = formWith([], { registrationEmailAsUsername: true });
    expect(signUp(asUsername, { email: 'a+b@x.y' })).toMatchObject({ email: 'a+b@x.y' });
  });

  it('survive the encoding of a form; where somebody forgot it, nobody else’s address comes of it', () => {
    const read = (body: string) => readValues(formWith([]), new URLSearchParams(body)).email;
    expect(read('email=a%2Bb%40x.y')).toEqual(['a+b@x.y']);
    expect(read('email=a+b@x.y')).toEqual(['a b@x.y']);
    expect(signUp(formWith([]), { email: 'a b@x.y' })).toEqual(['email: error-invalid-email']);
  });
});

it.each([
  ['pattern', { pattern: '\\d+' }, 'error-pattern-no-match'],
  ['person-name-prohibited-characters', {}, 'error-person-name-invalid-character'],
  ['username-prohibited-characters', {}, 'error-username-invalid-character'],
  ['up-username-not-idn-homograph', {}, 'error-username-invalid-character'],
])('keycloak#26750: an empty error-message of %s is none', (id, config, code) => {
  for (const empty of ['', '  ']) {
    const attribute = custom({ validations: { [id]: { ...config, 'error-message': empty } } });
    expect(signUp(formWith([attribute]), { custom: 'Jо&hn' })).toEqual([`custom: ${code}`]);
    // The page has its words before anything is typed; they must be the same.
    expect(possibleViolations(fieldFor(attribute)).map((violation) => violation.code)).toContain(code);
  }
});

describe('keycloak#42271: a pattern means the same here as in the admin API', () => {
  const model = (pattern: string) => formWith([custom({ validations: { pattern: { pattern } } })]);
  const refused = ['custom: error-pattern-no-match'];

  it.each([
    ['anchors', '^[A-Z]{2}\\d{4}$', 'AB1234', 'xAB12345'],
    ['none of them', '[A-Z]{2}\\d{4}', 'AB1234', 'xAB12345'],
    ['letters of any script', "^[\\p{L} '-]+$", "Zoë O'Neil", 'Zoë 2'],
    ['Java’s ASCII classes', '\\p{Alpha}+', 'Zoe', 'Zoë'],
    ['a dash after a class', '[\\w-.]+', 'a-b.c', 'a,b'],
    ['no flag for line breaks', '[a-z]+$', 'abc', 'abc\n'],
  ])('%s', (_, pattern, good, bad) => {
    for (const matches of [matchInBrowser, matchOnServer]) {
      const failures = (value: string) =>
        validate(model(pattern), { ...ANN, custom: [value] }, { ...CONTEXT, matches });
      expect(failures(good)).toEqual([]);
      expect(failures(bad).map(({ field, code }) => `${field}: ${code}`)).toEqual(refused);
    }
  });

  it.each([
    // Without the possession, the value would be refused.
    ['possessive', '(?!\\w++\\d)\\w+', 'ab1'],
    ['lookbehind', '.*(?<!x)\\d', 'ab1'],
    ['intersection', '[a-z&&[^x]]+', 'abc'],
  ])('%s: what cannot be judged is sent, and Keycloak answers', (_, pattern, good) => {
    expect(validate(model(pattern), { ...ANN, custom: [good] }, { ...CONTEXT, matches: matchInBrowser })).toEqual([]);
    expect(signUp(model(pattern), { custom: good })).toMatchObject({ attributes: { custom: [good] } });
  });

  it('an address is judged as it will be stored', () => {
    const email = { name: 'email', permissions: EVERYONE, validations: { pattern: { pattern: '[^A-Z]+@acme\\.com' } } };
    expect(signUp(formWith([email]), { email: 'Ann@ACME.com' })).toMatchObject({ email: 'Ann@ACME.com' });
    expect(signUp(formWith([email]), { email: 'ann@acme.org' })).toEqual(['email: error-pattern-no-match']);
  });
});

describe('several values', () => {
  const COLOURS = ['red', 'green', 'blue'];
  const colours = (inputType: string, attribute: Partial<UPAttribute> = {}) =>
    custom({
      multivalued: true,
      annotations: { inputType },
      validations: { options: { options: COLOURS } },
      ...attribute,
    });
  const storedOf = (posted: Posted, inputType = 'multiselect') => signUp(formWith([colours(inputType)]), posted);

  it.each([
    ['multiselect', 'multiselect'],
    ['multiselect-checkboxes', 'checkboxes'],
    ['textarea', 'textarea'],
    ['html5-tel', 'input'],
  ])('keycloak#34033, #51023: multivalued does not change the control %s', (inputType, kind) => {
    const field = fieldFor(colours(inputType));
    expect(field).toMatchObject({ multivalued: true, control: { kind } });
    if ('options' in field.control) expect(field.control.options.map(({ value }) => value)).toEqual(COLOURS);
  });

  it.each(['multiselect', 'multiselect-checkboxes'])('keycloak#45519: each choice of a %s is stored', (inputType) => {
    expect(storedOf({}, inputType)).toMatchObject({ attributes: { locale: ['en'] } });
    expect(storedOf({}, inputType)).not.toHaveProperty('attributes.custom');
    expect(storedOf({ custom: 'green' }, inputType)).toMatchObject({ attributes: { custom: ['green'] } });
    expect(storedOf({ custom: COLOURS }, inputType)).toMatchObject({ attributes: { custom: COLOURS } });
  });

  it('keycloak#11269: a refusal of another field leaves all choices to be shown again', () => {
    const model = formWith([colours('multiselect')]);
    const posted = { email: 'x y', custom: COLOURS };
    expect(signUp(model, posted)).toEqual(['email: error-invalid-email']);
    expect(readValues(model, entriesOf(posted)).custom).toEqual(COLOURS);
  });

  it('keycloak#23539: what is not multivalued takes one value, whatever its control', () => {
    for (const inputType of ['text', 'multiselect', 'multiselect-checkboxes']) {
      const model = formWith([colours(inputType, { multivalued: false })]);
      expect(signUp(model, { custom: ['red', 'green'] })).toEqual(['custom: error-invalid-multivalued-size']);
      expect(signUp(model, { custom: 'red' })).toMatchObject({ attributes: { custom: ['red'] } });
    }
  });

  it.each(['multiselect', 'multiselect-checkboxes'])(
    'keycloak#52776, #40174, keycloakify#1056: a required %s can be submitted, and only with a choice',
    (inputType) => {
      // Keycloak’s own checkbox group posts a hidden blank before the choices.
      for (const multivalued of [true, false]) {
        const model = formWith([colours(inputType, { required: { roles: ['user'] }, multivalued })]);
        expect(signUp(model, { custom: ['', 'red'] })).toMatchObject({ attributes: { custom: ['red'] } });
        expect(signUp(model, { custom: [''] })).toEqual(['custom: error-user-attribute-required']);
        expect(signUp(model, {})).toEqual(['custom: error-user-attribute-required']);
      }
    },
  );

  it('keycloak#25110, #25939: a field without options of its own shows nobody else’s', () => {
    const model = formWith([
      colours('select', { multivalued: false }),
      custom({ name: 'other', annotations: { inputType: 'select' } }),
    ]);
    expect(fieldIn(model, 'other')?.control).toEqual({ kind: 'select', options: [] });
  });
});

describe('long values', () => {
  it('keycloak#29182: a CAPTCHA’s token is no attribute, so its length breaks no rule', () => {
    const token = 'x'.repeat(6 * 1024);
    const tokens = { 'h-captcha-response': token, 'g-recaptcha-response': token, 'cf-turnstile-response': token };
    expect(readValues(formWith([]), entriesOf(tokens))).toEqual(ANN);
    expect(signUp(formWith([]), tokens)).toEqual(signUp(formWith([]), {}));
  });

  it('keycloak#29182: an attribute without a length of its own takes 2048, blanks around it not counted', () => {
    const model = formWith([custom()]);
    expect(signUp(model, { custom: ` ${'x'.repeat(2048)} ` })).toHaveProperty('attributes.custom');
    expect(signUp(model, { custom: 'x'.repeat(2049) })).toEqual(['custom: error-invalid-length']);
  });

  it('an address that is long only as it is typed is an address, though none that a column holds', () => {
    const domain = Array.from({ length: 4 }, () => 'ế'.normalize('NFD').repeat(40)).join('.');
    expect(domain.length).toBeGreaterThan(255);
    expect(
      signUp(formWith([{ name: 'email', permissions: EVERYONE, validations: { email: {} } }]), {
        email: `ann@${domain}`,
      }),
    ).toEqual(['email: error-invalid-length-too-long']);
  });

  it.each([
    ['email', {}],
    ['length', { min: 1, max: 9 }],
    ['integer', { min: 1 }],
    ['double', { min: 1 }],
    ['pattern', { pattern: '(a+)+b' }],
    ['uri', {}],
    ['local-date', {}],
    ['iso-date', {}],
    ['options', { options: ['a'] }],
    ['person-name-prohibited-characters', {}],
    ['username-prohibited-characters', {}],
    ['up-username-not-idn-homograph', {}],
  ])('%s judges as much as a post can hold, where an error would be a failed page', (id, config) => {
    const size = 200_000;
    const cores = ['9', 'a', 'é', '\u0301\u0316', '٣', '.', ' ', 'a.', '1:', '%41', '字'];
    for (const core of cores) {
      const text = core.repeat(size / core.length);
      for (const value of [text, `a@${text}`, `http://${text}`, `http://[${text}]/`]) {
        expect(() => runRule(id, [value], config, { ...CONTEXT, matches: matchOnServer })).not.toThrow();
      }
    }
  });
});

describe('the password', () => {
  const ALL =
    'length(8) and maxLength(64) and digits(1) and lowerCase(1) and upperCase(1) and specialChars(1) and notUsername and notContainsUsername and notEmail and regexPattern(^[a-zA-Z0-9!]*$) and passwordBlacklist(top.txt)';
  const model = (policy: string) => formWith([], { passwordPolicy: policy }, { withPassword: true });
  const typed = (password: string, confirmation = password) => ({ password, 'password-confirm': confirmation });

  it('keycloak#34856, #32845: every rule is told before anything is typed, also what only the server can judge', () => {
    const told = describePolicies(parsePasswordPolicy(ALL), matchInBrowser);
    expect(told.map(({ id }) => id)).toEqual(ALL.split(' and ').map((item) => item.replace(/\(.*/, '')));
    expect(told.filter(({ judged }) => !judged).map(({ id }) => id)).toEqual(['passwordBlacklist']);
  });

  it('keycloak#8771, #34856: everything that is wrong is told at once', () => {
    expect(signUp(model(ALL), { username: 'ann', ...typed('ann') })).toEqual([
      'password: invalidPasswordMinLengthMessage',
      'password: invalidPasswordMinDigitsMessage',
      'password: invalidPasswordMinUpperCaseCharsMessage',
      'password: invalidPasswordMinSpecialCharsMessage',
      'password: invalidPasswordNotUsernameMessage',
      'password: invalidPasswordNotContainsUsernameMessage',
    ]);
  });

  it('keycloak#33987: what is mended is told no longer', () => {
    expect(signUp(model('length(8) and digits(1) and upperCase(1)'), typed('Ann'))).toEqual([
      'password: invalidPasswordMinLengthMessage',
      'password: invalidPasswordMinDigitsMessage',
    ]);
    expect(signUp(model('length(8) and digits(1) and upperCase(1)'), typed('Annabelle'))).toEqual([
      'password: invalidPasswordMinDigitsMessage',
    ]);
  });

  it('keycloak#23183, keycloakify#593: a password changed after its repetition breaks the repetition', () => {
    expect(signUp(model('length(8)'), typed('longenough'))).toHaveProperty('email');
    expect(signUp(model('length(8)'), typed('longenough2', 'longenough'))).toEqual([
      'password-confirm: invalidPasswordConfirmMessage',
    ]);
  });

  it.each([
    ['notUsername', 'ann', { username: 'ANN' }],
    ['notEmail', 'ann@example.com', { email: 'Ann@Example.com' }],
    ['regexPattern([a-z]+)', 'Ann1', {}],
  ])('keycloak#32845: %s is judged here, not only by the server', (policy, password, who) => {
    expect(signUp(model(policy), { ...who, ...typed(password) })).toHaveLength(1);
  });

  it('keycloak#32845: a denylist is left to Keycloak', () => {
    expect(signUp(model('passwordBlacklist(top.txt)'), typed('password'))).toHaveProperty('email');
  });
});

describe('the language', () => {
  it.each(['en', 'de', 'ar'])('keycloak#38029, #37199, #13505: of the page is stored, here %s', (locale) => {
    expect(signUp(formWith([]), {}, locale)).toMatchObject({ attributes: { locale: [locale] } });
  });

  it('keycloak#38549: is the page’s, whatever is posted and even where the profile lists it', () => {
    const listed = { name: 'locale', permissions: EVERYONE, required: {} };
    expect(fieldIn(formWith([listed]), 'locale')).toBeUndefined();
    expect(signUp(formWith([listed]), { locale: 'it' }, 'de')).toMatchObject({ attributes: { locale: ['de'] } });
  });

  it('keycloak#38029: is not sent to a realm that has none', () => {
    expect(toRepresentation(formWith([]), ANN, undefined).attributes).toEqual({});
  });
});

it('keycloakify#1020: sign-up asks for less than the account page, by permission and by scope', () => {
  const model = formWith([
    custom({ name: 'internal', permissions: { view: ['user'], edit: ['admin'] }, required: {} }),
    custom({ name: 'later', selector: { scopes: ['shop'] }, required: { roles: ['user'] } }),
    custom({ name: 'now', selector: { scopes: ['profile'] } }),
  ]);
  expect(signUp(model, { internal: 'x', later: 'x', now: 'x' })).toMatchObject({
    attributes: { now: ['x'], locale: ['en'] },
  });
  expect(signUp(model, { internal: 'x', later: 'x', now: 'x' })).not.toHaveProperty('attributes.internal');
  expect(signUp(model, { internal: 'x', later: 'x', now: 'x' })).not.toHaveProperty('attributes.later');
});
