import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CancelledView } from '@/components/pages/cancelled-view';
import { ErrorView } from '@/components/pages/error-view';
import { NotFoundView } from '@/components/pages/not-found-view';
import { type SignInProblem, SignInProblemView } from '@/components/pages/sign-in-problem-view';
import { SignInView } from '@/components/pages/sign-in-view';
import { SignedOutView } from '@/components/pages/signed-out-view';
import { TermsDueView } from '@/components/pages/terms-view';
import { VerifiedView } from '@/components/pages/verified-view';
import { AnonymousView, WelcomeView } from '@/components/pages/welcome-view';
import { termsView } from '@/lib/i18n/consent-view';
import { PREVIEW_PERSON } from '@/lib/preview/people';
import type { PreviewState } from '@/lib/preview/states';
import { stay } from '../actions';
import { CHECK_EMAIL } from './check-email';
import { EMBED } from './embed';
import { someConsent } from './form';
import { SIGN_UP } from './sign-up';
import type { Stage } from './stage';

const verified = ({ frame, to }: Stage, status: 'pending' | 'confirmed' | 'verified' | 'gone' | undefined) => (
  <VerifiedView
    frame={frame}
    status={status}
    signIn={stay}
    signUpUrl={to('sign-up')}
    checkEmailUrl={to('check-email')}
    goesOn={false}
  />
);

const problem = ({ frame, to }: Stage, why: SignInProblem) => (
  <SignInProblemView
    frame={frame}
    problem={why}
    signIn={stay}
    signUpUrl={to('sign-up')}
    checkEmailUrl={to('check-email')}
  />
);

async function terms(stage: Stage, options: { notice?: 'changed' | 'failed'; isLink?: boolean } = {}) {
  const { locale } = stage;
  const { terms: asked } = await someConsent(stage);
  if (asked === undefined) return null;
  const shown = options.isLink ? { ...asked, text: undefined, url: 'https://www.example.com/terms' } : asked;
  return (
    <TermsDueView
      frame={stage.frame}
      terms={await termsView(shown, locale)}
      notice={options.notice}
      accept={stay}
      signOut={stay}
    />
  );
}

async function welcome(stage: Stage, options: { isUnchecked?: boolean; isNowhere?: boolean } = {}) {
  const t = await getTranslations({ locale: stage.locale, namespace: 'preview.made' });
  return (
    <WelcomeView
      frame={stage.frame}
      person={PREVIEW_PERSON}
      client={stage.client ?? t('client')}
      address={options.isNowhere ? undefined : stage.to('welcome')}
      isUnchecked={options.isUnchecked ?? false}
      handOver={undefined}
      signOut={stay}
    />
  );
}

async function broken({ locale }: Stage) {
  const t = await getTranslations({ locale });
  return <ErrorView title={t('failure.title')} lead={t('failure.lead')} again={t('common.tryAgain')} />;
}

/** How each state of the list is drawn. */
export const DRAWINGS: Readonly<Record<PreviewState, (stage: Stage) => ReactNode | Promise<ReactNode>>> = {
  ...SIGN_UP,
  ...EMBED,
  ...CHECK_EMAIL,
  verified: (stage) => verified(stage, 'verified'),
  'verified-pending': (stage) => verified(stage, 'pending'),
  'verified-confirmed': (stage) => verified(stage, 'confirmed'),
  'verified-elsewhere': (stage) => verified(stage, undefined),
  'verified-gone': (stage) => verified(stage, 'gone'),
  terms: (stage) => terms(stage),
  'terms-link': (stage) => terms(stage, { isLink: true }),
  'terms-changed': (stage) => terms(stage, { notice: 'changed' }),
  'terms-failed': (stage) => terms(stage, { notice: 'failed' }),
  welcome: (stage) => welcome(stage),
  'welcome-nowhere': (stage) => welcome(stage, { isNowhere: true }),
  'welcome-unchecked': (stage) => welcome(stage, { isUnchecked: true }),
  'welcome-anonymous': ({ frame, to }) => <AnonymousView frame={frame} signIn={stay} signUpUrl={to('sign-up')} />,
  'sign-in': ({ frame, to }) => <SignInView frame={frame} signIn={stay} hidden={{}} signUpUrl={to('sign-up')} />,
  'sign-in-problem-unverified': (stage) => problem(stage, 'unverified'),
  'sign-in-problem-stale': (stage) => problem(stage, 'stale'),
  'sign-in-problem-unavailable': (stage) => problem(stage, 'unavailable'),
  'sign-in-problem-provider': (stage) => problem(stage, 'unknownProvider'),
  'signed-out': ({ frame }) => <SignedOutView frame={frame} isPartly={false} signIn={stay} />,
  'signed-out-partly': ({ frame }) => <SignedOutView frame={frame} isPartly signIn={stay} />,
  cancelled: ({ frame, to }) => <CancelledView frame={frame} signUpUrl={to('sign-up')} />,
  'not-found': ({ frame, to }) => <NotFoundView frame={frame} signUpUrl={to('sign-up')} />,
  error: broken,
};
