import type english from '@/messages/en.json';
import { reworded } from './catalogue';
import type { Locale } from './locales';

/** What the configuration says in other words, by language. */
export type Texts = { readonly [Tag in Locale]?: Readonly<Record<string, string>> | undefined };

/** A missing text is a fault of a build, which the catalogue test finds; a visitor never meets an exception for it. */
export const FORMATTING = { onError: () => undefined, timeZone: 'UTC' } as const;

/**
 * The portal's words in a language.
 * @param texts what the configuration says in other words
 */
export async function messagesIn(locale: Locale, texts: Texts): Promise<typeof english> {
  const { default: catalogue }: { default: typeof english } = await import(`../../messages/${locale}.json`);
  const own = texts[locale] ?? {};
  return Object.keys(own).length === 0 ? catalogue : (reworded(catalogue, own) as typeof english);
}
