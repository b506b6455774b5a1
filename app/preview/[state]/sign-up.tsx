import { SignUpView } from '@/components/pages/sign-up-view';
import { UnavailableView } from '@/components/pages/unavailable-view';
import type { CaptchaPhase, CaptchaView } from '@/components/sign-up/state';
import { PREVIEW_PROVIDERS } from '@/lib/preview/people';
import { captchaWords } from '../../[locale]/sign-up/captcha-view';
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

type Provider = CaptchaView['provider'];

/** A CAPTCHA that has come so far. */
const captcha = (provider: Provider, phase: CaptchaPhase, progress?: number) => ({
  captcha: { provider, look: progress === undefined ? { phase } : { phase, progress } },
});

/** A word about the CAPTCHA after the form was sent. */
async function refused(
  stage: Stage,
  provider: Provider,
  why: 'needed' | 'missing' | 'refused' | 'expired' | 'unavailable',
) {
  const words = await captchaWords(provider, why, stage.locale);
  return page(stage, { ...captcha(provider, 'waiting'), answer: answered({ captcha: words }) });
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
  'sign-up-captcha': (stage: Stage) => page(stage, captcha('hcaptcha', 'waiting')),
  'sign-up-captcha-loading': (stage: Stage) => page(stage, captcha('hcaptcha', 'loading')),
  'sign-up-captcha-missing': (stage: Stage) => refused(stage, 'hcaptcha', 'missing'),
  'sign-up-captcha-refused': (stage: Stage) => refused(stage, 'hcaptcha', 'refused'),
  'sign-up-captcha-expired': (stage: Stage) => refused(stage, 'hcaptcha', 'expired'),
  'sign-up-captcha-away': (stage: Stage) => refused(stage, 'hcaptcha', 'unavailable'),
  'sign-up-captcha-not-loaded': (stage: Stage) => page(stage, captcha('hcaptcha', 'failed')),
  'sign-up-captcha-needed': (stage: Stage) => refused(stage, 'hcaptcha', 'needed'),
  'sign-up-check': (stage: Stage) => page(stage, captcha('proof-of-work', 'waiting')),
  'sign-up-check-working': (stage: Stage) => page(stage, captcha('proof-of-work', 'working', 0.6)),
  'sign-up-check-done': (stage: Stage) => page(stage, captcha('proof-of-work', 'done')),
  'sign-up-check-failed': (stage: Stage) => page(stage, captcha('proof-of-work', 'failed')),
  'sign-up-check-refused': (stage: Stage) => refused(stage, 'proof-of-work', 'refused'),
  'sign-up-check-needed': (stage: Stage) => refused(stage, 'proof-of-work', 'needed'),
  'sign-up-unavailable': ({ frame }: Stage) => <UnavailableView frame={frame} />,
};
