import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { portalConfig } from '@/lib/brand/config';
import { themeStyles } from '@/lib/brand/theme';
import { direction, isLocale } from '@/lib/i18n/locales';
import '../globals.css';

export interface LocaleParams {
  readonly params: Promise<{ readonly locale: string }>;
}

export function generateMetadata(): Metadata {
  const name = portalConfig().brand.name ?? 'Vestibule';
  return {
    title: { default: name, template: `%s · ${name}` },
    robots: { index: false },
    icons: { icon: '/icon.svg' },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export default async function LocaleLayout({ children, params }: LocaleParams & { children: ReactNode }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  setRequestLocale(locale);
  // Reading the nonce also makes every page dynamic, which a nonce in its scripts needs.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const styles = themeStyles(portalConfig().brand);
  return (
    <html lang={locale} dir={direction(locale)}>
      {styles === '' ? null : (
        <head>
          <style nonce={nonce}>{styles}</style>
        </head>
      )}
      <body>{children}</body>
    </html>
  );
}
