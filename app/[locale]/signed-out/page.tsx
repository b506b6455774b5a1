import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
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
  const here = '/signed-out';
  const frame = await readFrame((await params).locale, here);
  const t = await getTranslations({ locale: frame.locale, namespace: 'signedOut' });
  const isPartly = 'partly' in (await searchParams);
  return (
    <Shell {...frame} here={here}>
      <PageHeading title={t('title')}>{t(isPartly ? 'partly' : 'lead')}</PageHeading>
      <SignInForm action={startSignIn} locale={frame.locale} label={t('signIn')} />
    </Shell>
  );
}
