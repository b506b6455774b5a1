import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInView } from '@/components/pages/sign-in-view';
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
  const frame = await readFrame((await params).locale, `/sign-in${suffix}`);
  return (
    <SignInView
      frame={frame}
      signIn={startSignInInstead}
      hidden={parameters}
      signUpUrl={`/${frame.locale}/sign-up${suffix}`}
    />
  );
}
