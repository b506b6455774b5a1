import type { Locale } from '@/lib/i18n/locales';
import { type ClientSettings, inLanguage } from './settings';

/** A brand as a page shows it. */
export interface BrandView {
  readonly name: string;
  readonly logo?:
    | { readonly light: string; readonly dark?: string | undefined; readonly withName?: boolean | undefined }
    | undefined;
  readonly claim?: string | undefined;
}

/** Where the links at the end of a page lead. */
export interface LinksView {
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
  readonly help?: string | undefined;
}

/**
 * A brand in one language, as plain data.
 * @param settings of a client
 * @param realmName what the realm is called, where the brand has no name of its own
 * @param locale one of the portal's languages. A claim that is not there in it is left out: nobody meets a sentence in
 *   another language
 */
export function brandView({ brand }: ClientSettings, realmName: string | undefined, locale: Locale): BrandView {
  return { name: brand.name ?? realmName ?? 'Vestibule', logo: brand.logo, claim: brand.claim?.[locale] };
}

/** @returns the addresses of the links for a language */
export function linksView({ links }: ClientSettings, locale: Locale): LinksView {
  return {
    privacy: inLanguage(links.privacy, locale),
    terms: inLanguage(links.terms, locale),
    help: inLanguage(links.help, locale),
  };
}
