import { describe, expect, it } from 'vitest';
import { COLUMN_LENGTH, isRuleId, type RuleContext, runRule } from './rules';
import { CONTEXT } from './testing.fixture';

const codesOf = (
  id: string,
  config: Record<string, unknown>,
  values: readonly string[],
  context: RuleContext = CONTEXT,
) => runRule(id, values, config, context).map((finding) => finding.code);

describe('length (LengthValidator)', () => {
  it.each([
    ['both bounds hold', { min: 3, max: 5 }, 'abc', []],
    ['registerUserInvalidLastNameLength', { min: 3, max: 5 }, 'L', ['error-invalid-length']],
    ['only min', { min: '3' }, 'ab', ['error-invalid-length-too-short']],
    ['only max', { max: '3' }, 'abcd', ['error-invalid-length-too-long']],
    ['surrounding blanks do not count', { min: 3 }, '  ab  ', ['error-invalid-length-too-short']],
    ['but with trim-disabled they do', { min: 3, 'trim-disabled': 'true' }, '  ab  ', []],
    ['a no-break space counts', { min: 3 }, '\u00A0a\u00A0', []],
    ['an emoji counts two', { max: 1 }, '😀', ['error-invalid-length-too-long']],
    ['nothing typed is skipped', { min: 3 }, '', []],
    ['blanks are not skipped', { min: 3 }, '   ', ['error-invalid-length-too-short']],
    ['a bound that is no number binds nobody', { min: 'x' }, 'a', []],
  ])('%s', (_, config, value, codes) => {
    expect(codesOf('length', config, [value])).toEqual(codes);
  });

  it('gives both bounds to its message, the missing one as null', () => {
    expect(runRule('length', ['abcd'], { max: '3' }, CONTEXT)).toEqual([
      { code: 'error-invalid-length-too-long', params: [null, 3] },
    ]);
  });

  it('reports each of several values', () => {
    expect(codesOf('length', { max: 1 }, ['ab', 'a', 'cd'])).toHaveLength(2);
  });
});

describe('integer and double (AbstractNumberValidator)', () => {
  it.each([
    ['integer', {}, '42', []],
    ['integer', {}, '4.2', ['error-invalid-number']],
    ['integer', {}, ' 42', ['error-invalid-number']],
    ['integer', {}, ' \u3000', []],
    ['integer', { min: 1, max: 9 }, '10', ['error-number-out-of-range']],
    ['integer', { min: '1' }, '0', ['error-number-out-of-range-too-small']],
    ['integer', { max: '9' }, '10', ['error-number-out-of-range-too-big']],
    ['integer', { min: 1, max: 9 }, '9', []],
    ['integer', { max: '9223372036854775806' }, '9223372036854775807', ['error-number-out-of-range-too-big']],
    ['double', {}, ' 1e3 ', []],
    ['double', {}, '1,5', ['error-invalid-number']],
    ['double', {}, ' ', []],
    ['double', { min: 0.5, max: '1.5' }, '0.4', ['error-number-out-of-range']],
    ['double', { min: '0.5' }, '0.4', ['error-number-out-of-range-too-small']],
    ['double', { max: '1.5' }, '1.6', ['error-number-out-of-range-too-big']],
    ['double', { min: 0, max: 1 }, 'NaN', []],
    ['double', { min: true, max: 'x' }, '5', []],
  ])('%s %j on %j: %j', (id, config, value, codes) => {
    expect(codesOf(id, config, [value])).toEqual(codes);
  });
});

describe('email (EmailValidator)', () => {
  it('repeats the value in its message', () => {
    expect(runRule('email', ['a b@c'], {}, CONTEXT)).toEqual([{ code: 'error-invalid-email', params: ['a b@c'] }]);
  });

  it('max-local-length counts', () => {
    expect(codesOf('email', { 'max-local-length': '3' }, ['abcd@x.de'])).toEqual(['error-invalid-email']);
    expect(codesOf('email', { 'max-local-length': 70 }, [`${'a'.repeat(70)}@x.de`])).toEqual([]);
  });

  it('keycloak#41994: a non-ASCII local part is refused where the realm cannot mail to it', () => {
    const config = { 'ascii-local-part': true };
    for (const address of ['josé@gmail.com', 'tëst@domain.com', '用户@例子.公司']) {
      expect(codesOf('email', config, [address])).toEqual(['error-non-ascii-local-part-email']);
      expect(codesOf('email', {}, [address])).toEqual([]);
    }
    expect(codesOf('email', config, ['jose@例子.公司'])).toEqual([]);
  });

  it('plus addresses and capitals are fine', () => {
    expect(codesOf('email', {}, ['a+b@x.y', 'User@Example.COM', 'BOB@x'])).toEqual([]);
  });
});

describe('pattern (PatternValidator)', () => {
  it('says which pattern, or what the realm wants to say', () => {
    expect(runRule('pattern', ['x'], { pattern: '\\d+' }, CONTEXT)).toEqual([
      { code: 'error-pattern-no-match', params: ['\\d+'] },
    ]);
    expect(codesOf('pattern', { pattern: '\\d+', 'error-message': 'digitsOnly' }, ['x'])).toEqual(['digitsOnly']);
  });

  it('keycloak#26750: an empty error-message is none', () => {
    expect(codesOf('pattern', { pattern: '\\d+', 'error-message': '' }, ['x'])).toEqual(['error-pattern-no-match']);
  });

  it('keycloak#42271: what cannot be judged is left to Keycloak', () => {
    expect(codesOf('pattern', { pattern: 'a++b' }, ['x'])).toEqual([]);
  });

  it('skips nothing typed', () => {
    expect(codesOf('pattern', { pattern: 'a' }, [''])).toEqual([]);
  });
});

describe('uri (UriValidator, testUriValidator)', () => {
  it.each([
    ['https://example.com/#top', {}, []],
    ['HTTP://example.com', {}, ['error-invalid-uri-scheme']],
    ['example.com', {}, ['error-invalid-uri']],
    ['a b', {}, ['error-invalid-uri']],
    ['example.com', { requireValidUrl: false }, []],
    ['ftp://x/#y', { allowFragment: 'false' }, ['error-invalid-uri-scheme', 'error-invalid-uri-fragment']],
    ['ftp://x', { allowedSchemes: ['ftp'] }, []],
    ['tel:123', { allowedSchemes: ['tel'] }, ['error-invalid-uri']],
    ['tel:123', { allowedSchemes: ['tel'], requireValidUrl: 'false' }, []],
    ['', {}, []],
  ])('%j with %j: %j', (value, config, codes) => {
    expect(codesOf('uri', config, [value])).toEqual(codes);
  });
});

describe('dates', () => {
  it('iso-date repeats the value', () => {
    expect(runRule('iso-date', ['2023-02-30'], {}, CONTEXT)).toEqual([
      { code: 'error-invalid-date', params: ['2023-02-30'] },
    ]);
    expect(codesOf('iso-date', {}, ['2024-02-29'])).toEqual([]);
  });

  it('local-date follows the language', () => {
    expect(codesOf('local-date', {}, ['31.12.2024'], { ...CONTEXT, locale: 'de' })).toEqual([]);
    expect(codesOf('local-date', {}, ['31.12.2024'])).toEqual(['error-invalid-date']);
  });

  it('local-date keeps to a fixed language', () => {
    expect(codesOf('local-date', { locale: 'en' }, ['12/31/2024'], { ...CONTEXT, locale: 'de' })).toEqual([]);
  });

  it('local-date leaves other languages, and years beyond reason, to Keycloak', () => {
    expect(codesOf('local-date', {}, ['whatever'], { ...CONTEXT, locale: 'en-GB' })).toEqual([]);
    expect(codesOf('local-date', {}, ['1/1/12345678901'])).toEqual([]);
  });
});

it('options: exactly one of the list', () => {
  const config = { options: ['red', 'green', 3] };
  expect(codesOf('options', config, ['red', '', 'Red', '3'])).toEqual(['error-invalid-value', 'error-invalid-value']);
  expect(codesOf('options', {}, ['red'])).toEqual(['error-invalid-value']);
});

describe('characters', () => {
  it.each([
    ['person-name-prohibited-characters', ["O'Neil", 'José, Jr.', 'X Æ A-12', 'a@b', '😀', 'a_b'], true],
    [
      'person-name-prohibited-characters',
      [
        '<b>',
        'a&b',
        'a"b',
        '$',
        '100%',
        '#1',
        '§',
        'a;b',
        '*',
        'a/b',
        'a\\b',
        'a|b',
        '(x)',
        'a\nb',
        'a\tb',
        'a\u0085b',
        'a\u2028b',
      ],
      false,
    ],
    ['username-prohibited-characters', ['ann.b-c_d@e+f', 'Jürgen', 'Анна', '😀'], true],
    ['username-prohibited-characters', ['a b', "o'neil", 'a`b', 'a,b', 'a:b', 'a\u00A0b', 'a\u3000b', '<a>'], false],
    ['up-username-not-idn-homograph', ['ann', 'Jürgen', 'a1.-_@', '😀', '  '], true],
    // testHomographValidator: Cyrillic letters that look Latin; a decomposed accent is of no script.
    ['up-username-not-idn-homograph', ['аnn', 'Ωmega', '例', 'e\u0301'], false],
  ])('%s: %j are fine: %s', (id, values, isFine) => {
    for (const value of values) expect(codesOf(id, {}, [value]).length === 0, value).toBe(isFine);
  });

  it('testPersonNameProhibitedCharsValidator: custom and empty error-message', () => {
    const code = (message: string) => codesOf('person-name-prohibited-characters', { 'error-message': message }, ['<']);
    expect(code('my-message')).toEqual(['my-message']);
    expect(code('')).toEqual(['error-person-name-invalid-character']);
  });

  it('the homograph rule looks at the first value only', () => {
    expect(codesOf('up-username-not-idn-homograph', {}, [])).toEqual([]);
    expect(codesOf('up-username-not-idn-homograph', {}, ['ann', 'аnn'])).toEqual([]);
  });
});

describe('multivalued (testMultivalued)', () => {
  const required = { required: true };

  it.each([
    ['one value by default', { max: '1' }, ['a', 'b'], [0, 1]],
    ['blanks do not count', { max: '1' }, ['a', ' ', '\u3000'], null],
    ['a required field wants one', { max: 2, ...required }, ['a', 'b', 'c'], [1, 2]],
    ['an empty required field is left to the required rule', { min: 2, max: 3, ...required }, [], null],
    ['an explicit min refuses an empty optional field', { min: 1, max: 3 }, [], [1, 3]],
    ['no max', {}, ['a', 'b', 'c'], null],
  ])('%s', (_, config, values, params) => {
    const expected = params === null ? [] : [{ code: 'error-invalid-multivalued-size', params }];
    expect(runRule('multivalued', values, config, CONTEXT)).toEqual(expected);
  });
});

describe('being there', () => {
  it.each([
    ['not-blank', [], ['error-invalid-blank']],
    ['not-blank', ['a', ' '], ['error-invalid-blank']],
    ['not-blank', ['a'], []],
    ['not-empty', [], ['error-empty']],
    ['not-empty', [''], []],
    ['up-username-has-value', [' '], ['missingUsernameMessage']],
    ['up-username-has-value', ['a'], []],
    ['up-blank-attribute-value', [''], ['error-user-attribute-required']],
    ['up-blank-attribute-value', ['a'], []],
    ['up-attribute-required-by-metadata-value', [], ['error-user-attribute-required']],
    ['up-attribute-required-by-metadata-value', ['a', ''], ['error-user-attribute-required']],
    ['up-attribute-required-by-metadata-value', ['a'], []],
    ['up-registration-email-as-username-email-value', ['x'], ['invalidEmailMessage']],
    ['up-registration-email-as-username-email-value', [], []],
    ['up-registration-email-as-username-email-value', ['a@b'], []],
    ['up-readonly-attribute-unchanged', ['x'], ['updateReadOnlyAttributesRejectedMessage']],
    ['up-readonly-attribute-unchanged', [' '], []],
    ['up-readonly-attribute-unchanged', [], []],
  ])('%s on %j: %j', (id, values, codes) => {
    expect(codesOf(id, {}, values)).toEqual(codes);
  });
});

it('a validator of somebody else is left to Keycloak', () => {
  expect(codesOf('acme-vat-number', {}, ['x'])).toEqual([]);
  expect(isRuleId('constructor')).toBe(false);
});

describe('what has to fit into a column', () => {
  it('counts the spaces around a value, which length does not', () => {
    const padded = ` ${'x'.repeat(254)} `;
    expect(runRule('length', [padded], { max: 255 }, CONTEXT)).toEqual([]);
    expect(runRule(COLUMN_LENGTH, [padded], { max: 255, trimmed: 255 }, CONTEXT)).toEqual([
      { code: 'error-invalid-length-too-long', params: [null, 255] },
    ]);
    expect(runRule(COLUMN_LENGTH, ['x'.repeat(255)], { max: 255, trimmed: 255 }, CONTEXT)).toEqual([]);
  });

  it('counts characters, of which an emoji is one', () => {
    expect(runRule(COLUMN_LENGTH, ['😀'.repeat(255)], { max: 255 }, CONTEXT)).toEqual([]);
    expect(runRule(COLUMN_LENGTH, ['😀'.repeat(256)], { max: 255 }, CONTEXT)).toHaveLength(1);
  });

  it('is not told twice', () => {
    expect(runRule(COLUMN_LENGTH, ['x'.repeat(256)], { max: 255, trimmed: 255 }, CONTEXT)).toEqual([]);
    expect(runRule(COLUMN_LENGTH, ['x'.repeat(256)], { max: 255 }, CONTEXT)).toHaveLength(1);
  });
});
