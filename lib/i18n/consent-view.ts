import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { ShownTerms } from '@/lib/brand/consent';

/**
 * The words around terms, in the page's language.
 * @param terms as they are shown
 * @param locale one of the portal's languages
 */
export async function termsView({ sha256, language, text, url, version }: ShownTerms, locale: string) {
  const t = await getTranslations({ locale, namespace: 'consent' });
  return { sha256, language, text, url, name: t('name', { version }), read: t('read', { version }) };
}
