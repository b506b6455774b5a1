/** The portal's languages, each with a catalogue in `messages/`. BCP 47 tags; the first is the last resort. */
export const LOCALES = ['en', 'de', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name, so that everyone finds theirs. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);

/** @returns whether a tag is one of the portal's languages */
export function isLocale(tag: string | undefined): tag is Locale {
  return LOCALES.some((locale) => locale === tag);
}

/** @returns the language that a form or a path names, or English */
export function localeOf(posted: unknown): Locale {
  return LOCALES.find((locale) => locale === posted) ?? 'en';
}

/** @returns the writing direction of a language, for the `dir` attribute */
export function direction(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}

/**
 * The languages in which a realm's sign-up is offered: the portal's that the realm supports, too; English alone where the
 * realm has internationalization off, as on Keycloak's own page (`DefaultLocaleSelectorProvider`).
 * @param supportedLocales the realm's, empty when internationalization is off
 */
export function offeredLocales(supportedLocales: readonly string[]): readonly Locale[] {
  const both = LOCALES.filter((locale) => supportedLocales.includes(locale));
  return both.length > 0 ? both : ['en'];
}
