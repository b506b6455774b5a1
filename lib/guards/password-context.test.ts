import { describe, expect, test } from 'vitest';
import { contextWords, isContextPassword } from './password-context';

const WORDS = contextWords({
  names: [['Zoë', 'Lindqvist'], ['Acme'], ['Acme Blue Shop'], ['harbour-realm'], [undefined]],
  email: 'z.lindqvist+shop@mail.northwind.example',
  username: 'sailor_77',
});

describe('a password that is mostly a name is refused', () => {
  test.each([
    ['the brand', 'acme'],
    ['with a year', 'Acme2026!'],
    ['with signs for letters', '@cm3-2026'],
    ['with a one for an l', '1indqvist!'],
    ['with dots between', 'A.c.m.e.2026'],
    ['twice', 'AcmeAcme1234'],
    ['turned into a sentence of two words', 'Acme-Shop-1'],
    ['the client, run together', 'AcmeBlueShop!'],
    ['the realm', 'Harbour-Realm-9'],
    ['the last name', 'Lindqvist1990'],
    ['and the first', 'ZoeLindqvist#1'],
    ['the other way round', 'lindqvist.zoë'],
    ['without its accent, in capitals', 'LINDQVISTZOE'],
    ['the part before the @', 'zlindqvist77'],
    ['the address', 'z.lindqvist@mail.northwind.example'],
    ['the domain', 'northwind24'],
    ['the username', 'sailor_77'],
    ['the username and more', 'Sailor2026!!'],
    ['a word that makes up most of it', 'northwind-abc'],
  ])('%s: %s', (_, password) => {
    expect(isContextPassword(password, WORDS)).toBe(true);
  });
});

describe('a password that only has a name in it passes', () => {
  test.each([
    'the northwind blows over nine quiet hills',
    'acme makes the best anvils',
    'Lindqvist ate 7 small green apples',
    'Harbour-light-42',
    'correct horse battery staple',
    'q7#Vn2!pLx9w',
    'sail-over-the-sea-9',
    // Twelve random digits are no year.
    '4718 acme 29035561',
    'zoe-likes-plums',
    'example-of-a-thing',
    'Пароль-на-завтра',
    '密码密码密码密码',
    '',
  ])('%s', (password) => {
    expect(isContextPassword(password, WORDS)).toBe(false);
  });
});

test('words shorter than four letters are no words: they are in many passwords', () => {
  const words = contextWords({ names: [['Al', 'Li'], ['X1']], email: 'al@b.io', username: 'al' });
  expect([...words]).toEqual(['alli', 'lial']);
  expect(isContextPassword('al-2026-al-99', words)).toBe(false);
});

test('names in any script count', () => {
  const words = contextWords({ names: [['Юрий', 'Гагарин']], email: undefined, username: undefined });
  expect(isContextPassword('Гагарин1961', words)).toBe(true);
});

test('a password of any length is judged in no time, by any name', () => {
  const words = contextWords({ names: [['a'.repeat(10_000)]], email: undefined, username: undefined });
  expect(isContextPassword('a'.repeat(100_000), words)).toBe(true);
});
