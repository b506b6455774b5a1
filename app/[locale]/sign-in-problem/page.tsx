import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type SignInProblem, SignInProblemView } from '@/components/pages/sign-in-problem-view';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { readFrame } from '../frame';
import type { LocaleParams } from '../layout';
import { startSignIn } from '../sign-in-actions';

interface ProblemProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'signInProblem' });
  return { title: t('title') };
}

/** What became of a sign-in, by the `error` codes of next-auth and our own. */
function problemOf(error: unknown): SignInProblem {
  if (error === 'Unverified') return 'unverified';
  if (error === 'UnknownProvider') return 'unknownProvider';
  return error === 'Unavailable' || error === 'OAuthSignin' || error === 'Configuration' ? 'unavailable' : 'stale';
}

export default async function SignInProblemPage({ params, searchParams }: ProblemProps) {
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, '/sign-in-problem');
  const { locale } = frame;
  return (
    <SignInProblemView
      frame={frame}
      problem={problemOf((await searchParams).error)}
      signIn={startSignIn}
      signUpUrl={`/${locale}/sign-up`}
      checkEmailUrl={pending === undefined ? undefined : `/${locale}/sign-up/check-email`}
    />
  );
}
