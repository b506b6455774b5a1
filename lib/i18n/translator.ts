import 'server-only';
import { createTranslator } from 'next-intl';
import type english from '@/messages/en.json';
import { reworded } from './catalogue';
import type { Locale } from './locales';

type Namespace = keyof typeof english;

/**
 * Words of the portal for what is no page: a mail that is written when the answer is gone, and Next's functions know no
 * request any more.
 * @param locale of the words
 * @param texts what the configuration says in other words, by language
 * @param namespace first part of the keys
 */
export async function translator<Part extends Namespace>(
  locale: Locale,
  texts: { readonly [Tag in Locale]?: Readonly<Record<string, string>> | undefined },
  namespace: Part,
) {
  const { default: catalogue }: { default: typeof english } = await import(`../../messages/${locale}.json`);
  const messages = reworded(catalogue, texts[locale] ?? {}) as typeof english;
  return createTranslator({ locale, messages, namespace, timeZone: 'UTC', onError: () => undefined });
}
