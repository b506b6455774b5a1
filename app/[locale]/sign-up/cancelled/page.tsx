import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { PageHeading } from '@/components/ui/page-heading';
import { readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { readFrame } from '../../frame';
import type { LocaleParams } from '../../layout';

interface CancelledProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'cancelled' });
  return { title: t('title') };
}

/** The end of a sign-up that its visitor cancelled. */
export default async function CancelledPage({ params, searchParams }: CancelledProps) {
  const query = await searchParams;
  const request = await readSignUpRequest((name) => query[name]);
  const again = new URLSearchParams(await signUpParameters(request)).toString();
  const search = again === '' ? '' : `?${again}`;
  const here = `/sign-up/cancelled${search}`;
  const frame = await readFrame((await params).locale, here);
  const t = await getTranslations({ locale: frame.locale, namespace: 'cancelled' });
  return (
    <Shell {...frame} here={here}>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <a href={`/${frame.locale}/sign-up${search}`} className="button">
        {t('again')}
      </a>
    </Shell>
  );
}
