import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { themeStyles } from '@/lib/brand/theme';
import { chosenDirection } from '@/lib/preview/choices';
import { shownChoices } from '@/lib/preview/request';
import '../globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const { brand } = settingsFor(await pageClient());
  return {
    robots: { index: false, follow: false },
    icons: { icon: brand.favicon ?? '/icon.svg' },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

/** The document of the gallery, and of each state in the language, direction and colours that are chosen. */
export default async function PreviewLayout({ children }: { readonly children: ReactNode }) {
  const choices = await shownChoices();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const { brand } = settingsFor(await pageClient());
  const styles = themeStyles(brand, choices.scheme === 'system' ? undefined : choices.scheme);
  return (
    <html lang={choices.lang} dir={chosenDirection(choices)}>
      {styles === '' ? null : (
        <head>
          <style nonce={nonce}>{styles}</style>
        </head>
      )}
      <body>{children}</body>
    </html>
  );
}
