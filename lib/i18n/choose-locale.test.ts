import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale';

const nothing = { uiLocales: null, cookie: undefined, acceptLanguage: null };

test.each([
  ['ui_locales before all', { uiLocales: 'fr de', cookie: 'ar', acceptLanguage: 'en' }, 'de'],
  ['then the cookie', { ...nothing, cookie: 'ar', acceptLanguage: 'de' }, 'ar'],
  ['then the browser, by its own order', { ...nothing, acceptLanguage: 'fr, en;q=0.5, de;q=0.9' }, 'de'],
  ['a region falls back to its language', { ...nothing, acceptLanguage: 'ar-EG' }, 'ar'],
  ['a language with weight 0 is not wanted', { ...nothing, acceptLanguage: 'de;q=0, en;q=0.1' }, 'en'],
  ['nothing that the portal has', { ...nothing, acceptLanguage: 'fr' }, undefined],
])('%s', (_, hints, expected) => {
  expect(chooseLocale(hints)).toBe(expected);
});
