import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CancelledView } from '@/components/pages/cancelled-view';
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
  const frame = await readFrame((await params).locale, `/sign-up/cancelled${search}`);
  return <CancelledView frame={frame} signUpUrl={`/${frame.locale}/sign-up${search}`} />;
}
