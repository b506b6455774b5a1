import { getTranslations } from 'next-intl/server';
import { SignUpView } from '@/components/pages/sign-up-view';
import { UnavailableView } from '@/components/pages/unavailable-view';
import { PREVIEW_PROVIDERS } from '@/lib/preview/people';
import { stay } from '../actions';
import {
  actionsOf,
  answered,
  everyError,
  type FormOptions,
  guessedFirst,
  problems,
  someConsent,
  stillForm,
  usernameTaken,
} from './form';
import type { Stage } from './stage';

interface PageOptions {
  readonly isRenewed?: boolean;
  readonly withProviders?: boolean;
}

async function page(
  stage: Stage,
  options: FormOptions = {},
  { isRenewed = false, withProviders = false }: PageOptions = {},
) {
  const { frame, client, settings, to } = stage;
  return (
    <SignUpView
      frame={frame}
      client={client}
      actions={actionsOf(settings, options.mode)}
      isRenewed={isRenewed}
      providers={withProviders ? PREVIEW_PROVIDERS.map((one) => ({ ...one, href: to('sign-up-providers') })) : []}
      form={await stillForm(stage, options)}
      signIn={stay}
      hidden={{}}
    />
  );
}

/** A word about the CAPTCHA after the form was sent. */
async function refused(stage: Stage, why: 'missing' | 'refused' | 'expired' | 'unavailable') {
  const t = await getTranslations({ locale: stage.locale, namespace: 'captcha' });
  return page(stage, { captcha: 'waiting', answer: answered({ captcha: t(why) }) });
}

export const SIGN_UP = {
  'sign-up': (stage: Stage) => page(stage),
  'sign-up-password': (stage: Stage) => page(stage, { mode: 'form' }),
  'sign-up-passkey': (stage: Stage) => page(stage, { mode: 'passkey' }),
  'sign-up-providers': (stage: Stage) => page(stage, {}, { withProviders: true }),
  'sign-up-terms': async (stage: Stage) => page(stage, { consent: await someConsent(stage) }),
  'sign-up-errors': async (stage: Stage) => page(stage, { mode: 'form', answer: await everyError(stage) }),
  'sign-up-username-taken': async (stage: Stage) => page(stage, { answer: await usernameTaken(stage) }),
  'sign-up-guessed-first': async (stage: Stage) => page(stage, { mode: 'form', answer: await guessedFirst(stage) }),
  'sign-up-sending': (stage: Stage) => page(stage, { phase: 'sending' }),
  'sign-up-slow': (stage: Stage) => page(stage, { phase: 'slow' }),
  'sign-up-throttled': async (stage: Stage) => page(stage, { answer: (await problems(stage.locale)).throttled }),
  'sign-up-busy': async (stage: Stage) => page(stage, { answer: (await problems(stage.locale)).busy }),
  'sign-up-again': async (stage: Stage) => page(stage, { answer: (await problems(stage.locale)).again }),
  'sign-up-keycloak-away': async (stage: Stage) => page(stage, { answer: (await problems(stage.locale)).unavailable }),
  'sign-up-unexpected': async (stage: Stage) => page(stage, { answer: (await problems(stage.locale)).unexpected }),
  'sign-up-renewed': (stage: Stage) => page(stage, {}, { isRenewed: true }),
  'sign-up-captcha': (stage: Stage) => page(stage, { captcha: 'waiting' }),
  'sign-up-captcha-loading': (stage: Stage) => page(stage, { captcha: 'loading' }),
  'sign-up-captcha-missing': (stage: Stage) => refused(stage, 'missing'),
  'sign-up-captcha-refused': (stage: Stage) => refused(stage, 'refused'),
  'sign-up-captcha-expired': (stage: Stage) => refused(stage, 'expired'),
  'sign-up-captcha-away': (stage: Stage) => refused(stage, 'unavailable'),
  'sign-up-captcha-not-loaded': (stage: Stage) => page(stage, { captcha: 'failed' }),
  'sign-up-unavailable': ({ frame }: Stage) => <UnavailableView frame={frame} />,
};
