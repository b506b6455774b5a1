import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignedOutView } from '@/components/pages/signed-out-view';
import { readFrame } from '../frame';
import type { LocaleParams } from '../layout';
import { startSignIn } from '../sign-in-actions';

interface SignedOutProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'signedOut' });
  return { title: t('title') };
}

export default async function SignedOutPage({ params, searchParams }: SignedOutProps) {
  const frame = await readFrame((await params).locale, '/signed-out');
  return <SignedOutView frame={frame} isPartly={'partly' in (await searchParams)} signIn={startSignIn} />;
}
