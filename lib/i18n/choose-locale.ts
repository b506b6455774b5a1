import { isLocale, type Locale } from './locales';

/** Where a language can be told from, besides the path. */
export interface LocaleHints {
  /** OIDC `ui_locales`: space-separated tags by preference (OIDC Core 3.1.2.1). */
  readonly uiLocales: string | null;
  /** What the visitor chose or saw last. */
  readonly cookie: string | undefined;
  /** `Accept-Language` (RFC 9110, 12.5.4). */
  readonly acceptLanguage: string | null;
}

/** The portal's language for a tag: the tag itself, or its language without the region (RFC 4647, lookup). */
function match(tag: string): Locale | undefined {
  const language = tag.trim().toLowerCase().split('-')[0];
  return isLocale(language) ? language : undefined;
}

function byPreference(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/**
 * The language of a request whose path names none. The order: `ui_locales` of the application that sends the visitor, the
 * visitor's last language (cookie), the browser's languages, the realm's default.
 * @param hints what the request says
 * @param offered see `offeredLocales`; only these are chosen from
 * @param realmDefault the realm's default language
 */
export function chooseLocale(hints: LocaleHints, offered: readonly Locale[], realmDefault: string | undefined): Locale {
  const candidates = [
    ...(hints.uiLocales ?? '').split(' '),
    hints.cookie ?? '',
    ...byPreference(hints.acceptLanguage ?? ''),
    realmDefault ?? '',
  ];
  const wanted = candidates.map(match).find((locale) => locale !== undefined && offered.includes(locale));
  return wanted ?? offered[0] ?? 'en';
}
