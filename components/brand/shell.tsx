import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type Step, Steps } from '@/components/journey/steps';
import type { BrandView, LinksView } from '@/lib/brand/view';
import type { Locale } from '@/lib/i18n/locales';
import { BrandMark } from './brand-mark';
import { LanguageMenu } from './language-menu';

/** What every page's frame is drawn from. */
export interface FrameView {
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly brand: BrandView;
  readonly links: LinksView;
  /** The address of this very page in a language. */
  readonly addressIn: (locale: Locale) => string;
}

interface ShellProps {
  readonly frame: FrameView;
  readonly step?: Step;
  readonly children: ReactNode;
}

/** The frame of every page: brand and steps at the side (on top of small screens), language, content, links. */
export async function Shell({ frame, step, children }: ShellProps) {
  const { locale, locales, brand, links, addressIn } = frame;
  const t = await getTranslations({ locale, namespace: 'common' });
  const ends = (['privacy', 'terms', 'help'] as const).flatMap((name) => {
    const address = links[name];
    return address === undefined ? [] : [{ name, address }];
  });
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[minmax(19rem,26rem)_minmax(0,1fr)] lg:grid-rows-1">
      <a
        href="#content"
        className="absolute start-4 top-0 z-10 -translate-y-full rounded-b-brand bg-surface px-4 py-2 focus:translate-y-0"
      >
        {t('skipToContent')}
      </a>
      <header className="brand-panel flex flex-col gap-5 px-5 py-5 text-on-panel sm:px-8 lg:sticky lg:top-0 lg:h-dvh lg:gap-12 lg:px-10 lg:py-12">
        <div className="flex items-center justify-between gap-4">
          <BrandMark brand={brand} />
          <LanguageMenu label={t('language')} locale={locale} locales={locales} addressIn={addressIn} />
        </div>
        {step === undefined ? null : <Steps locale={locale} step={step} />}
        {brand.claim === undefined ? null : (
          <p className="font-heading mt-auto hidden max-w-[18ch] text-3xl leading-tight font-semibold text-balance lg:block">
            {brand.claim}
          </p>
        )}
      </header>
      <div className="flex flex-col">
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-2xl flex-1 px-5 py-8 outline-none sm:px-8 sm:py-12 lg:py-16"
        >
          {children}
        </main>
        {ends.length === 0 ? null : (
          <footer className="mx-auto flex w-full max-w-2xl flex-wrap gap-x-6 gap-y-2 px-5 pb-8 text-sm sm:px-8">
            {ends.map(({ name, address }) => (
              <a key={name} href={address} className="py-1">
                {t(name)}
              </a>
            ))}
          </footer>
        )}
      </div>
    </div>
  );
}
