import { getRequestConfig } from 'next-intl/server';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { isLocale } from './locales';
import { FORMATTING, messagesIn } from './messages';
import { routing } from './routing';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = isLocale(requested) ? requested : routing.defaultLocale;
  return {
    ...FORMATTING,
    locale,
    messages: await messagesIn(locale, settingsFor(await pageClient()).texts),
    getMessageFallback: ({ key }) => key,
  };
});
