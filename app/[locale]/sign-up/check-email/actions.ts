'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ResendState } from '@/components/journey/resend-form';
import { localeOf } from '@/lib/i18n/locales';
import { readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { resendVerificationMail } from '@/lib/sign-up/verification-mail';
import { visitorAddress } from '../../frame';

/** Has the mail sent once more, within the server's limits. */
export async function resend(_: ResendState, form: FormData): Promise<ResendState> {
  const locale = localeOf(form.get('locale'));
  const pending = await readPendingSignUp();
  if (pending === undefined) redirect(`/${locale}/sign-up`);
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const result = await resendVerificationMail(pending, locale, await visitorAddress());
  if (result.status === 'throttled') return { text: t('resendThrottled', { seconds: result.retryAfter }), good: false };
  await writePendingSignUp({ ...pending, mail: result.status });
  return result.status === 'sent' ? { text: t('resent'), good: true } : { text: t('resendFailed'), good: false };
}
