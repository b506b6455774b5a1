import { getRequestConfig } from 'next-intl/server';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { reworded } from './catalogue';
import { isLocale } from './locales';
import { routing } from './routing';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = isLocale(requested) ? requested : routing.defaultLocale;
  const texts = settingsFor(await pageClient()).texts[locale] ?? {};
  const { default: catalogue } = await import(`../../messages/${locale}.json`);
  return {
    locale,
    messages: Object.keys(texts).length === 0 ? catalogue : reworded(catalogue, texts),
    // A missing text is a fault of a build, which the catalogue test finds; a visitor never meets an exception for it.
    onError: () => undefined,
    getMessageFallback: ({ key }) => key,
    timeZone: 'UTC',
  };
});
