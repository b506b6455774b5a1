'use server';

import { getLocale, getTranslations } from 'next-intl/server';
import type { EmbeddedAnswer } from '@/components/embed/embedded-sign-up';
import type { ResendState } from '@/components/journey/resend-form';
import type { SignUpState } from '@/components/sign-up/state';
import { localeOf } from '@/lib/i18n/locales';
import { formOf, stateOf } from '@/lib/posted';
import { openPendingSignUp, sealPendingSignUp } from '@/lib/sign-up/pending';
import { ownField } from '@/lib/sign-up/request';
import { resendVerificationMail, resendWait } from '@/lib/sign-up/verification-mail';
import { visitorAddress } from '../../frame';
import { submit } from '../../sign-up/submit';

/** The field with the sealed sign-up: a page in a frame may have no cookie to keep it in. */
const PENDING_FIELD = ownField('pending');

/** The form's action in a frame: the page itself remembers the sign-up, and goes on in its place. */
export async function submitEmbedded(state: SignUpState, sent: FormData): Promise<EmbeddedAnswer> {
  const posted = formOf(sent);
  const before = await openPendingSignUp(posted.get(PENDING_FIELD));
  const { answer, pending } = await submit(state, posted, before, 'frame');
  if (pending === undefined) return answer;
  const wait = await resendWait(pending, await visitorAddress());
  const waiting = {
    sealed: await sealPendingSignUp(pending),
    email: pending.email ?? '',
    actions: pending.actions,
    failed: pending.mail === 'failed',
    wait,
  };
  return { ...answer, values: {}, sent: waiting };
}

/** Has the mail sent once more, within the server's limits. */
export async function resendEmbedded(before: ResendState, sent: FormData): Promise<ResendState> {
  const hasFailed = stateOf(before).failed === true;
  const locale = localeOf(await getLocale());
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const pending = await openPendingSignUp(formOf(sent).get(PENDING_FIELD));
  if (pending === undefined) return { text: t('resendFailed'), good: false, wait: 0, failed: hasFailed };
  const result = await resendVerificationMail(pending, locale, await visitorAddress());
  const wait = result.retryAfter;
  if (result.status === 'throttled')
    return { text: t('resendThrottled', { seconds: wait }), good: false, wait, failed: hasFailed };
  const isSent = result.status === 'sent';
  return { text: t(isSent ? 'resent' : 'resendFailed'), good: isSent, wait, failed: !isSent };
}
