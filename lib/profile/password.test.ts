import { describe, expect, it } from 'vitest';
import {
  checkPassword,
  checkPasswordConfirmation,
  describePolicies,
  holdsPolicy,
  parsePasswordPolicy,
  withPolicyValue,
} from './password';
import { matchPattern as matchInBrowser } from './pattern';
import { matchPattern as matchOnServer } from './pattern-server';

const ANN = { username: 'ann', email: 'Ann@example.com' };

const codesOf = (policy: string, password: string, owner = ANN) =>
  checkPassword(parsePasswordPolicy(policy), password, owner, matchInBrowser).map((violation) => violation.code);

describe('a password policy is read like Keycloak reads it (PasswordPolicy.Builder)', () => {
  it.each([
    ['', []],
    ['length', [{ id: 'length', value: 8 }]],
    [
      'maxLength and digits',
      [
        { id: 'maxLength', value: 64 },
        { id: 'digits', value: 1 },
      ],
    ],
    [
      'length(12) and notUsername(undefined)',
      [
        { id: 'length', value: 12 },
        { id: 'notUsername', value: null },
      ],
    ],
    ['regexPattern(^(a|b)$)', [{ id: 'regexPattern', value: '^(a|b)$' }]],
    // Of two items with one id the last wins, in the place of the first.
    [
      'length(8) and digits(1) and length(10)',
      [
        { id: 'length', value: 10 },
        { id: 'digits', value: 1 },
      ],
    ],
    // The same flaw as the server's: a pattern with the separator in it falls apart.
    ['regexPattern(a and b)', [{ id: 'regexPattern', value: '' }]],
    ['hashAlgorithm(argon2) and hashIterations(5) and passwordHistory(3) and acme(1) and constructor', []],
    ['passwordBlacklist(top.txt)', [{ id: 'passwordBlacklist', value: 'top.txt' }]],
    ['length(x) and regexPattern', []],
  ])('%j', (text, policies) => {
    expect(parsePasswordPolicy(text)).toEqual(policies);
  });
});

describe('all failures at once, where Keycloak shows one (keycloak#34856)', () => {
  it('every policy speaks', () => {
    const policy =
      'length(12) and digits(2) and lowerCase(1) and upperCase(1) and specialChars(1) and notContainsUsername and notEmail';
    expect(codesOf(policy, 'Ann')).toEqual([
      'invalidPasswordMinLengthMessage',
      'invalidPasswordMinDigitsMessage',
      'invalidPasswordMinSpecialCharsMessage',
      'invalidPasswordNotContainsUsernameMessage',
    ]);
  });

  it.each([
    ['registerPasswordPolicy: a bare length means 8', 'length', '1234567', ['invalidPasswordMinLengthMessage']],
    ['maxLength', 'maxLength(3)', 'abcd', ['invalidPasswordMaxLengthMessage']],
    ['lengths are in UTF-16 units', 'length(2)', '😀', []],
    ['digits of any script', 'digits(2)', '٣9', []],
    ['lower case of any script', 'lowerCase(2)', 'ßª', []],
    ['upper case of any script', 'upperCase(2)', 'ÄΩ', []],
    ['no upper case', 'upperCase', 'äω', ['invalidPasswordMinUpperCaseCharsMessage']],
    ['no lower case', 'lowerCase', 'A1', ['invalidPasswordMinLowerCaseCharsMessage']],
    ['space and _ are special', 'specialChars(2)', ' _', []],
    ['an emoji is two special characters', 'specialChars(2)', '😀', []],
    ['a letter is not special', 'specialChars', 'é例', ['invalidPasswordMinSpecialCharsMessage']],
    ['registerUserNotUsernamePasswordPolicy, in any case', 'notUsername', 'ANN', ['invalidPasswordNotUsernameMessage']],
    ['notUsername allows to contain it', 'notUsername', 'annn', []],
    ['registerUserNotContainsUsername', 'notContainsUsername', 'xANNx', ['invalidPasswordNotContainsUsernameMessage']],
    ['registerUserNotEmail, with the real address', 'notEmail', 'ann@EXAMPLE.com', ['invalidPasswordNotEmailMessage']],
    ['regexPattern', 'regexPattern(^(?=.*\\d).+$)', 'abc', ['invalidPasswordRegexPatternMessage']],
    ['a denylist is Keycloak’s secret', 'passwordBlacklist(top.txt)', 'password', []],
    ['blank: nothing but that', 'length and digits', ' \t', ['missingPasswordMessage']],
  ])('%s', (_, policy, password, codes) => {
    expect(codesOf(policy, password)).toEqual(codes);
  });

  it('nothing is compared with a name that is not typed yet', () => {
    expect(codesOf('notUsername and notContainsUsername and notEmail', 'x', { username: '', email: ' ' })).toEqual([]);
    expect(checkPassword(parsePasswordPolicy('notUsername'), 'x', {}, matchInBrowser)).toEqual([]);
  });

  it('a violation carries the parameter of its message', () => {
    expect(checkPassword(parsePasswordPolicy('length(12)'), 'x', ANN, matchInBrowser)).toEqual([
      { field: 'password', code: 'invalidPasswordMinLengthMessage', params: [12] },
    ]);
  });

  it('a policy that nobody knows is left to Keycloak', () => {
    const unknown = { id: 'acme', value: 1 };
    expect(checkPassword([unknown], 'x', ANN, matchInBrowser)).toEqual([]);
    expect(holdsPolicy(unknown, 'x', ANN, matchInBrowser)).toBeUndefined();
    expect(describePolicies([unknown], matchInBrowser)).toEqual([]);
  });
});

describe('the repetition', () => {
  it('registerUserInvalidPasswordConfirm: is marked where it is typed', () => {
    expect(checkPasswordConfirmation('secret', 'Secret')).toEqual([
      { field: 'password-confirm', code: 'invalidPasswordConfirmMessage', params: [] },
    ]);
  });

  it('is not asked for a blank password', () => {
    expect(checkPasswordConfirmation(' ', '')).toEqual([]);
    expect(checkPasswordConfirmation('secret', 'secret')).toEqual([]);
  });
});

describe('the rules before anything is typed', () => {
  const policies = parsePasswordPolicy(
    'length(8) and notEmail and regexPattern((?=.*a).*) and passwordBlacklist(top.txt)',
  );

  it('are message keys with parameters, and whether they can be ticked while typing', () => {
    expect(describePolicies(policies, matchInBrowser)).toEqual([
      { id: 'length', code: 'invalidPasswordMinLengthMessage', params: [8], judged: true },
      { id: 'notEmail', code: 'invalidPasswordNotEmailMessage', params: [], judged: true },
      { id: 'regexPattern', code: 'invalidPasswordRegexPatternMessage', params: ['(?=.*a).*'], judged: true },
      { id: 'passwordBlacklist', code: 'invalidPasswordBlacklistedMessage', params: [], judged: false },
    ]);
  });

  it('a pattern that the engine cannot judge is not ticked', () => {
    expect(describePolicies(policies, matchOnServer).map(({ judged }) => judged)).toEqual([true, true, false, false]);
  });

  it('are ticked one by one', () => {
    const [length, , pattern, denylist] = policies;
    if (!length || !pattern || !denylist) throw new Error('policies are missing');
    expect(holdsPolicy(length, '12345678', ANN, matchInBrowser)).toBe(true);
    expect(holdsPolicy(pattern, 'xyz', ANN, matchInBrowser)).toBe(false);
    expect(holdsPolicy(denylist, 'xyz', ANN, matchInBrowser)).toBeUndefined();
  });
});

describe('a password that Keycloak refused', () => {
  const policies = parsePasswordPolicy('length(12) and regexPattern((?=.*[0-9]).*) and passwordBlacklist(common.txt)');
  const refused = (code: string, field = 'password') => withPolicyValue({ field, code, params: [] }, policies);

  it('is told with the value that its API leaves out', () => {
    expect(refused('invalidPasswordMinLengthMessage').params).toEqual([12]);
    expect(refused('invalidPasswordRegexPatternMessage').params).toEqual(['(?=.*[0-9]).*']);
  });

  it('never with the name of the denylist, and otherwise as Keycloak said it', () => {
    expect(refused('invalidPasswordBlacklistedMessage').params).toEqual([]);
    expect(refused('invalidPasswordGenericMessage').params).toEqual([]);
    expect(refused('invalidPasswordMinLengthMessage', 'company').params).toEqual([]);
  });
});
