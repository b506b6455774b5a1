import { createHash } from 'node:crypto';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import type { ClientSettings } from './settings';

/** What a page shows to be consented to. */
interface Shown {
  /** The client whose own it is, or `*` where it is everyone's. */
  readonly owner: string;
  readonly version: string;
  /** SHA-256 of the UTF-8 of the text, or of the address, in hexadecimal. */
  readonly sha256: string;
}

export interface ShownTerms extends Shown {
  /** The language of the document, which may not be the page's. */
  readonly language: Locale;
  /** The terms themselves, or else the address where they stand. */
  readonly text?: string | undefined;
  readonly url?: string | undefined;
}

interface ShownMarketing extends Shown {
  readonly text: string;
}

/** What a client's visitors are asked to accept, and what they may agree to, in one language. */
export interface AskedConsent {
  readonly terms?: ShownTerms | undefined;
  readonly marketing?: ShownMarketing | undefined;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function shownTerms(terms: NonNullable<ClientSettings['terms']>, locale: Locale): ShownTerms | undefined {
  const { owner, version, documents } = terms;
  // Terms in another language are better than none: nobody could sign up.
  const language = [locale, ...LOCALES].find((one) => documents[one] !== undefined);
  const document = language && documents[language];
  if (language === undefined || document === undefined) return undefined;
  const { text, url } = document;
  return { owner, version, language, text, url, sha256: sha256(text ?? url ?? '') };
}

/**
 * What a page asks of the visitors of a client.
 * @param settings of the client
 * @param locale the page's language. An offer that is not there in it is not made
 */
export function askedConsent({ terms, marketing }: ClientSettings, locale: Locale): AskedConsent {
  const text = marketing?.text[locale];
  return {
    terms: terms && shownTerms(terms, locale),
    marketing:
      marketing === undefined || text === undefined
        ? undefined
        : { owner: marketing.owner, version: marketing.version, text, sha256: sha256(text) },
  };
}
