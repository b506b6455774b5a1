import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { CheckEmailView } from '@/components/pages/check-email-view';
import { LONG_ADDRESS, PREVIEW_PERSON, PREVIEW_SLIP, PREVIEW_WAIT } from '@/lib/preview/people';
import { answerAddress, answerResend, stay } from '../actions';
import { actionsOf } from './form';
import type { Stage } from './stage';

async function page(stage: Stage, state: Partial<ComponentProps<typeof CheckEmailView>> = {}) {
  const { frame, locale, settings, to } = stage;
  const isSent = state.isSent ?? true;
  const resent = { text: '', good: true, wait: PREVIEW_WAIT, failed: !isSent, ...state.resent };
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  return (
    <CheckEmailView
      frame={frame}
      email={PREVIEW_PERSON.email}
      isSent={isSent}
      actions={actionsOf(settings)}
      notice={undefined}
      webMail={undefined}
      resent={resent}
      round="preview"
      phase="waiting"
      addressKey="preview"
      urls={{ status: '', welcome: to('welcome'), verified: to('verified-pending'), signUp: to('sign-up') }}
      resend={answerResend.bind(null, resent)}
      changeEmail={answerAddress.bind(null, { value: PREVIEW_PERSON.email, problem: t('addressSame') })}
      cancel={stay}
      signIn={stay}
      signInInstead={stay}
      hidden={{}}
      {...state}
    />
  );
}

/** The mail was sent once more: the word about it, and the clock. */
async function resent(stage: Stage) {
  const t = await getTranslations({ locale: stage.locale, namespace: 'checkEmail' });
  return page(stage, { resent: { text: t('resent'), good: true, wait: PREVIEW_WAIT, failed: false } });
}

export const CHECK_EMAIL = {
  'check-email': (stage: Stage) => page(stage, { resent: { wait: 0, failed: false } }),
  'check-email-failed': (stage: Stage) => page(stage, { isSent: false }),
  'check-email-resent': resent,
  'check-email-changed': (stage: Stage) => page(stage, { notice: 'changed', email: LONG_ADDRESS }),
  'check-email-kept': (stage: Stage) => page(stage, { notice: 'amendUnavailable' }),
  'check-email-meant': (stage: Stage) => page(stage, { email: PREVIEW_SLIP }),
  'check-email-passkey': (stage: Stage) => page(stage, { actions: actionsOf(stage.settings, 'passkey') }),
  'check-email-totp': (stage: Stage) => page(stage, { actions: [...actionsOf(stage.settings), 'CONFIGURE_TOTP'] }),
  'check-email-web-mail': (stage: Stage) =>
    page(stage, { webMail: { name: 'Example Mail', url: 'https://mail.example.com/' } }),
  'check-email-confirmed': (stage: Stage) => page(stage, { phase: 'confirmed' }),
  'check-email-offline': (stage: Stage) => page(stage, { phase: 'offline' }),
  'check-email-elsewhere': (stage: Stage) => page(stage, { phase: 'elsewhere' }),
  'check-email-moving': (stage: Stage) => page(stage, { phase: 'moving' }),
  'check-email-verified': (stage: Stage) => page(stage, { phase: 'verified' }),
  'check-email-gone': (stage: Stage) => page(stage, { phase: 'gone' }),
  'check-email-stopped': (stage: Stage) => page(stage, { phase: 'stopped' }),
  'check-email-tired': (stage: Stage) => page(stage, { phase: 'tired' }),
};
