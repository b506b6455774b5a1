import { describe, expect, it } from 'vitest';
import { matchPattern as matchInBrowser } from './pattern';
import { matchPattern as matchOnServer } from './pattern-server';

const engines = [
  ['browser', matchInBrowser],
  ['server', matchOnServer],
] as const;

describe.each(engines)('patterns in the %s', (_, matches) => {
  it.each([
    ['[A-Z]{2}\\d{4}', 'AB1234', true],
    ['[A-Z]{2}\\d{4}', 'xAB1234', false],
    // Anchored or not, the whole value has to match (Matcher.matches).
    ['^[a-z]+$', 'abc', true],
    ['[a-z]+', 'abc\n', false],
    // keycloak#42271: letters of any script.
    ["[\\p{L} '-]+", 'Zoë O’Neil', false],
    ["[\\p{L} '-]+", "Zoë O'Neil", true],
    ['\\p{IsLatin}+', 'Привет', false],
    ['\\p{script=Greek}+', 'Ωμέγα', true],
    ['\\P{L}+', '12', true],
    ['\\pL+', 'é', true],
    // JavaScript reads \p{Alpha} as Alphabetic, Java as ASCII letters.
    ['\\p{Alpha}+', 'é', false],
    ['[^\\p{Alpha}]+', 'é', true],
    ['\\P{Alpha}+', 'é', true],
    // \s and \w are ASCII, \h and \v are not.
    ['\\s', '\u00A0', false],
    ['\\h', '\u00A0', true],
    ['[\\H]', '\u00A0', false],
    ['\\s', '\u000B', true],
    ['.', '\u0085', false],
    ['\\w+', 'ß', false],
    ['[\\w-.]+', 'a-b.c', true],
    ['[+--]+', '+,-', true],
    ['[a-]+', 'a-', true],
    ['[\\x41\\u00e9\\x{1F600}]+', 'Aé😀', true],
    ['\\t\\n\\r\\f\\a\\e', '\t\n\r\f\u0007\u001B', true],
    ['(?<year>\\d{4})|x', '2024', true],
    ['\\Aab\\z|cd\\Z', 'cd', true],
    ['(?:a|(b$))', 'b', true],
    ['a{1,2}?b*?', 'aabb', true],
    // Java folds only ASCII letters: the Kelvin sign is no k.
    ['(?i)k[a-f]', 'KB', true],
    ['(?i)k', '\u212A', false],
    ['(?i)[^k]', 'K', false],
  ])('%s on %j: %s', (javaPattern, value, expected) => {
    expect(matches(javaPattern, value)).toBe(expected);
  });

  it.each([
    'a++b',
    'a*+',
    'a{2}+',
    '(?>a)',
    '(a)\\1',
    'a\\b',
    '\\Qa.b\\E',
    '[a-z&&[^x]]',
    '[a[b]]',
    '[]a]',
    '[\\w--a]',
    '[a-\\d]',
    '[z-a]',
    '[a',
    '[a-[b]]',
    '[\\w-[b]]',
    '(a$)b',
    'x$\\n',
    'a\\Zb',
    'a(?i)b',
    '(?i)\\p{Lu}',
    '\\p{Latin}',
    '\\p{InGreek}',
    '\\p{javaLowerCase}',
    '\\p{IsNoSuchScript}',
    '\\p',
    '\\uD83D\\uDE00',
    '\\x{110000}',
    '\\xZ',
    '\\cA',
    '\\0',
    'a\\',
    '*a',
    'a**',
    '(',
  ])('leaves %s to Keycloak', (javaPattern) => {
    expect(matches(javaPattern, 'a')).toBeUndefined();
  });

  it('leaves values of absurd length to Keycloak', () => {
    expect(matches('a+', 'a'.repeat(65_536))).toBe(true);
    expect(matches('a+', 'a'.repeat(65_537))).toBeUndefined();
  });

  it('keeps working when a realm has had very many patterns', () => {
    for (let count = 0; count < 300; count++) expect(matches(`a{${count}}`, 'a'.repeat(count))).toBe(true);
  });
});

describe('patterns', () => {
  it('with lookaround are judged in the browser, and on the server left to Keycloak', () => {
    const strong = '^(?=.*[A-Z])(?=.*\\d)(?!.*\\s)(?<!x).{4,}$';
    expect(matchInBrowser(strong, 'Abc1')).toBe(true);
    expect(matchInBrowser(strong, 'abc1')).toBe(false);
    expect(matchOnServer(strong, 'Abc1')).toBeUndefined();
    expect(matchInBrowser('(?<=a)b|ab', 'ab')).toBe(true);
  });

  it('with Unicode properties beyond scripts are left to Keycloak on the server', () => {
    expect(matchInBrowser('\\p{IsAlphabetic}+', 'é')).toBe(true);
    expect(matchOnServer('\\p{IsAlphabetic}+', 'é')).toBeUndefined();
  });

  it('cannot hang the server: an evil pattern takes time linear to the value', () => {
    const started = performance.now();
    expect(matchOnServer('(a+)+b', 'a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
