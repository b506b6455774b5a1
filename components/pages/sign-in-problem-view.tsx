import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

/** What became of a sign-in; also the keys of the words for it. */
export type SignInProblem = 'unverified' | 'unknownProvider' | 'unavailable' | 'stale';

interface SignInProblemViewProps {
  readonly frame: FrameView;
  readonly problem: SignInProblem;
  readonly signIn: (form: FormData) => Promise<void>;
  readonly signUpUrl: string;
  /** Undefined where this browser has begun no sign-up. */
  readonly checkEmailUrl: string | undefined;
}

/** A sign-in that did not work. */
export async function SignInProblemView(props: SignInProblemViewProps) {
  const { frame, problem, signIn, signUpUrl, checkEmailUrl } = props;
  const t = await getTranslations({ locale: frame.locale, namespace: 'signInProblem' });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('title')}>{t(problem)}</PageHeading>
      <div className="flex flex-wrap gap-3">
        <SignInForm action={signIn} locale={frame.locale} label={t('again')} />
        {problem === 'unknownProvider' ? (
          <a href={signUpUrl} className="button button-quiet">
            {t('toSignUp')}
          </a>
        ) : null}
        {problem === 'unverified' && checkEmailUrl !== undefined ? (
          <a href={checkEmailUrl} className="button button-quiet">
            {t('toCheckEmail')}
          </a>
        ) : null}
      </div>
    </Shell>
  );
}
