import { describe, expect, it } from 'vitest';
import { formatMessage, resolveRealmText } from './message-format';
import { possibleViolations, withSentence, withTypedValues } from './messages';
import { runRule } from './rules';
import { CONTEXT, fieldFor, messageKey } from './testing.fixture';

describe('what a field can say', () => {
  const possible = (validations: Record<string, Record<string, unknown>>, rest = {}) =>
    possibleViolations(fieldFor({ validations, ...rest })).map(({ code, params }) => [code, ...params]);

  it('is known before anything is typed, with the parameters of the realm', () => {
    expect(possible({ length: { min: 2, max: '9' } }, { required: {} })).toEqual([
      ['error-user-attribute-required'],
      ['error-invalid-length', 2, 9],
      ['error-invalid-multivalued-size', 1, 1],
    ]);
  });

  it('covers every rule that can be configured', () => {
    const codes = possible({
      length: { max: 5 },
      integer: { min: 1, max: 2 },
      double: { min: 0.5 },
      email: {},
      pattern: { pattern: 'a+' },
      uri: {},
      'local-date': {},
      'iso-date': {},
      options: { options: [] },
      'person-name-prohibited-characters': { 'error-message': 'oddName' },
      'username-prohibited-characters': {},
      'up-username-not-idn-homograph': {},
      multivalued: { min: 1, max: 3 },
      'not-blank': {},
      'not-empty': {},
      'acme-vat-number': {},
    }).map(([code]) => code);
    expect(codes).toEqual([
      'error-invalid-length-too-long',
      'error-invalid-number',
      'error-number-out-of-range',
      'error-number-out-of-range-too-small',
      'error-invalid-email',
      'error-non-ascii-local-part-email',
      'error-pattern-no-match',
      'error-invalid-uri',
      'error-invalid-uri-scheme',
      'error-invalid-uri-fragment',
      'error-invalid-date',
      'error-invalid-date',
      'error-invalid-value',
      'oddName',
      'error-username-invalid-character',
      'error-invalid-multivalued-size',
      'error-invalid-blank',
      'error-empty',
    ]);
  });

  it('covers the rules that Keycloak adds itself', () => {
    const rules = [
      'up-username-has-value',
      'up-blank-attribute-value',
      'up-registration-email-as-username-email-value',
      'up-readonly-attribute-unchanged',
    ].map((id) => ({ id, config: {} }));
    expect(possibleViolations({ ...fieldFor({}), rules }).map(({ code }) => code)).toEqual([
      'missingUsernameMessage',
      'error-user-attribute-required',
      'invalidEmailMessage',
      'updateReadOnlyAttributesRejectedMessage',
    ]);
  });

  it('puts in what was typed, and nothing else', () => {
    const [possibleEmail] = possibleViolations(fieldFor({ validations: { email: {} } }));
    if (possibleEmail === undefined) throw new Error('the rule says nothing');
    const text = formatMessage("''{1}'' is no address", ['email', ...possibleEmail.params], 'en');
    const [happened] = runRule('email', ['a{0}$& b'], {}, CONTEXT);
    expect(withTypedValues(text, happened?.params ?? [])).toBe("'a{0}$& b' is no address");
    expect(withTypedValues(text, [])).toBe("'' is no address");
    expect(withTypedValues('Please specify.', [])).toBe('Please specify.');
  });
});

describe('MessageFormat beyond what Java allows', () => {
  it.each([['{'], ['{0'], ['{x}'], ['{0,spellout}']])('%s stays as it is', (pattern) => {
    expect(formatMessage(pattern, ['a'], 'en')).toBe(pattern);
  });

  it('takes numbers that became text on their way', () => {
    expect(formatMessage('{0,choice,0#none|1#one|1<many}', ['2'], 'en')).toBe('many');
    expect(formatMessage('{0,number}', ['1234'], 'en')).toBe('1,234');
    expect(formatMessage('{0,choice,0#none}', ['x'], 'en')).toBe('x');
    expect(formatMessage('{0,date}', ['x'], 'en')).toBe('x');
  });

  it('knows infinite limits and quotes in choices', () => {
    const pattern = "{0,choice,-\u221E#below|0#'#'|1<it''''s {0}|\u221E#all}";
    expect(formatMessage(pattern, [-5], 'en')).toBe('below');
    expect(formatMessage(pattern, [0], 'en')).toBe('#');
    expect(formatMessage(pattern, [Number.POSITIVE_INFINITY], 'en')).toBe('all');
  });
});

describe('texts of the realm (AdvancedMessageFormatterMethod, keycloak#29098)', () => {
  const messages: Record<string, string> = {
    'profile.company': 'Company',
    quoted: "Owner''s '{'name'}'",
    nested: messageKey('quoted'),
  };
  const lookup = (key: string) => messages[key];

  it.each([
    ['a literal', 'Firma', 'Firma'],
    ['a key', messageKey('profile.company'), 'Company'],
    ['an unknown key is shown bare', messageKey('profile.none'), 'profile.none'],
    ['a message with quotes', messageKey('quoted'), "Owner's {name}"],
    ['a key in the middle is literal', `The ${messageKey('quoted')}`, `The ${messageKey('quoted')}`],
    ['a literal keeps its quotes and braces', "Owner's {0}", "Owner's {0}"],
    // Not resolved twice; MessageFormat refuses it as a pattern.
    ['a key within a message', messageKey('nested'), messageKey('quoted')],
  ])('%s', (_, text, expected) => {
    expect(resolveRealmText(text, lookup)).toBe(expected);
  });
});

describe('several faults of one field', () => {
  it('are told at once, a line for each, and none twice', () => {
    const sentences = ['Too short.', 'Not allowed here.', 'Too short.'];
    expect(sentences.reduce<string | undefined>(withSentence, undefined)).toBe('Too short.\nNot allowed here.');
  });
});
