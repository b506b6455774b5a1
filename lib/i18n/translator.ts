import 'server-only';
import { createTranslator } from 'next-intl';
import type english from '@/messages/en.json';
import type { Locale } from './locales';
import { FORMATTING, messagesIn, type Texts } from './messages';

type Namespace = keyof typeof english;

/**
 * Words of the portal for what is no page: a mail that is written when the answer is gone, and Next's functions know no
 * request any more.
 * @param locale of the words
 * @param texts what the configuration says in other words, by language
 * @param namespace first part of the keys
 */
export async function translator<Part extends Namespace>(locale: Locale, texts: Texts, namespace: Part) {
  return createTranslator({ ...FORMATTING, locale, messages: await messagesIn(locale, texts), namespace });
}
