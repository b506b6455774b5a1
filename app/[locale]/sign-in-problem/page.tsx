import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
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
function problemOf(error: unknown): 'unverified' | 'unknownProvider' | 'unavailable' | 'stale' {
  if (error === 'Unverified') return 'unverified';
  if (error === 'UnknownProvider') return 'unknownProvider';
  return error === 'Unavailable' || error === 'OAuthSignin' || error === 'Configuration' ? 'unavailable' : 'stale';
}

export default async function SignInProblemPage({ params, searchParams }: ProblemProps) {
  const here = '/sign-in-problem';
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'signInProblem' });
  const problem = problemOf((await searchParams).error);
  return (
    <Shell {...frame} here={here}>
      <PageHeading title={t('title')}>{t(problem)}</PageHeading>
      <div className="flex flex-wrap gap-3">
        <SignInForm action={startSignIn} locale={locale} label={t('again')} />
        {problem === 'unknownProvider' ? (
          <a href={`/${locale}/sign-up`} className="button button-quiet">
            {t('toSignUp')}
          </a>
        ) : null}
        {problem === 'unverified' && pending !== undefined ? (
          <a href={`/${locale}/sign-up/check-email`} className="button button-quiet">
            {t('toCheckEmail')}
          </a>
        ) : null}
      </div>
    </Shell>
  );
}
