import { beforeAll, describe, expect, test } from 'vitest';
import { type CommonPasswords, commonPasswords, isCommonPassword } from './common-passwords';

let common: CommonPasswords;

beforeAll(async () => {
  common = await commonPasswords();
});

test('there are more than the 3,000 that ASVS 6.2.4 asks for, of 8 characters and more', () => {
  expect([...common.keys()].filter((password) => password.length >= 8).length).toBeGreaterThan(15_000);
});

test('it is read once', async () => {
  expect(await commonPasswords()).toBe(common);
});

describe('a common password is refused', () => {
  test.each([
    ['as it is', 'iloveyou'],
    ['in any case', 'PassWord'],
    ['keys in a row', '1q2w3e4r5t'],
    ['digits', '123456789'],
    ['with a year', 'Sunshine2026'],
    ['with a year and a sign', 'Welcome2026!'],
    ['with digits for letters', 'P@ssw0rd'],
    ['both', 'P@$$w0rd123!'],
    ['with a one for an l', 'we1come!!'],
    ['in full-width letters', 'ｐａｓｓｗｏｒｄ'],
    ['with accents', 'pässwörd1'],
    ['a short one with more', 'Dragon#2024'],
    ['a rare one as it is', 'twinkle1'],
  ])('%s: %s', (_, password) => {
    expect(isCommonPassword(password, common)).toBe(true);
  });
});

describe('any other passes', () => {
  test.each([
    'Harbour-light-42',
    'correct horse battery staple',
    'password-manager-made-this',
    'sunshine over the bay',
    'dragon83749201746',
    'q7#Vn2!pLx9w',
    'my dog eats 3 carrots',
    'Ünïcödé12!',
    'ПарольПароль1',
    '密码密码密码密码',
    '😀😀😀😀',
    '',
  ])('%s', (password) => {
    expect(isCommonPassword(password, common)).toBe(false);
  });
});
