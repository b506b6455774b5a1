import { getRequestConfig } from 'next-intl/server';
import { isLocale } from './locales';
import { routing } from './routing';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = isLocale(requested) ? requested : routing.defaultLocale;
  return {
    locale,
    messages: (await import(`../../messages/${locale}.json`)).default,
    // A missing text is a fault of a build, which the catalogue test finds; a visitor never meets an exception for it.
    onError: () => undefined,
    getMessageFallback: ({ key }) => key,
    timeZone: 'UTC',
  };
});
