import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { themeStyles } from '@/lib/brand/theme';
import { brandView } from '@/lib/brand/view';
import { direction, isLocale, localeOf } from '@/lib/i18n/locales';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import '../globals.css';

export interface LocaleParams {
  readonly params: Promise<{ readonly locale: string }>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const settings = settingsFor(await pageClient());
  const { name } = brandView(settings, (await realmSnapshot())?.displayName, localeOf((await params).locale));
  return {
    title: { default: name, template: `%s · ${name}` },
    robots: { index: false },
    icons: { icon: settings.brand.favicon ?? '/icon.svg' },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export default async function LocaleLayout({ children, params }: LocaleParams & { children: ReactNode }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  setRequestLocale(locale);
  // Reading the nonce also makes every page dynamic, which a nonce in its scripts needs.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const styles = themeStyles(settingsFor(await pageClient()).brand);
  const failure = await getTranslations({ locale, namespace: 'failure' });
  const common = await getTranslations({ locale, namespace: 'common' });
  return (
    <html lang={locale} dir={direction(locale)}>
      {styles === '' ? null : (
        <head>
          <style nonce={nonce}>{styles}</style>
        </head>
      )}
      {/* The error page draws itself in the browser, when the server no longer answers for its words. */}
      <body data-title={failure('title')} data-lead={failure('lead')} data-again={common('tryAgain')}>
        {children}
      </body>
    </html>
  );
}
