import { defineRouting } from 'next-intl/routing';
import { LOCALES } from './locales';

/** The cookie with the visitor's last language. */
export const LOCALE_COOKIE = 'NEXT_LOCALE';

/** How long it is remembered, in seconds. */
export const LOCALE_LIFETIME = 31_536_000;

export const routing = defineRouting({
  locales: LOCALES,
  defaultLocale: 'en',
  // Without a prefix next-intl rewrites, and a rewrite loops where the server is bound to one address.
  localePrefix: 'always',
  // The path decides here; `chooseLocale` decides for paths without a language.
  localeDetection: false,
  alternateLinks: false,
  localeCookie: { name: LOCALE_COOKIE, maxAge: LOCALE_LIFETIME, sameSite: 'lax' },
});
