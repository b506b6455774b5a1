import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale';
import { LOCALES } from './locales';

const nothing = { uiLocales: null, cookie: undefined, acceptLanguage: null };

test.each([
  ['ui_locales before all', { uiLocales: 'fr de', cookie: 'ar', acceptLanguage: 'en' }, 'de'],
  ['then the cookie', { ...nothing, cookie: 'ar', acceptLanguage: 'de' }, 'ar'],
  ['then the browser, by its own order', { ...nothing, acceptLanguage: 'fr, en;q=0.5, de;q=0.9' }, 'de'],
  ['a region falls back to its language', { ...nothing, acceptLanguage: 'ar-EG' }, 'ar'],
  ['a language with weight 0 is not wanted', { ...nothing, acceptLanguage: 'de;q=0, en;q=0.1' }, 'en'],
  ['nothing that the portal has: the realm’s default', { ...nothing, acceptLanguage: 'fr' }, 'ar'],
])('%s', (_, hints, expected) => {
  expect(chooseLocale(hints, LOCALES, 'ar')).toBe(expected);
});

test('a language that the realm does not offer is passed over', () => {
  expect(chooseLocale({ ...nothing, acceptLanguage: 'ar, de;q=0.5' }, ['en', 'de'], 'en')).toBe('de');
});

test('without any default the first language that is offered serves', () => {
  expect(chooseLocale(nothing, ['de'], undefined)).toBe('de');
});
