import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
import { readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { readFrame } from '../frame';
import type { LocaleParams } from '../layout';
import { startSignInInstead } from '../sign-in-actions';

interface SignInProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'signIn' });
  return { title: t('title') };
}

/** Where "you already have an account" leads. */
export default async function SignInPage({ params, searchParams }: SignInProps) {
  const query = await searchParams;
  const request = await readSignUpRequest((name) => query[name]);
  const parameters = await signUpParameters(request);
  const own = new URLSearchParams(parameters).toString();
  const suffix = own === '' ? '' : `?${own}`;
  const here = `/sign-in${suffix}`;
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'signIn' });
  return (
    <Shell {...frame} here={here}>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <SignInForm action={startSignInInstead} locale={locale} hidden={parameters} label={t('submit')} />
      <p className="mt-6">
        {t('noAccount')} <a href={`/${locale}/sign-up${suffix}`}>{t('signUp')}</a>
      </p>
    </Shell>
  );
}
