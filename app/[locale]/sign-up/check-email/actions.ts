'use server';

import { randomBytes } from 'node:crypto';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { AddressState } from '@/components/journey/address-form';
import type { ResendState } from '@/components/journey/resend-form';
import { violationTexts } from '@/lib/i18n/form-view';
import { type Locale, localeOf } from '@/lib/i18n/locales';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { realmTexts } from '@/lib/keycloak/texts';
import { formOf } from '@/lib/posted';
import { cancelSignUp, changeAddress } from '@/lib/sign-up/amend';
import { signUpForm } from '@/lib/sign-up/form';
import { forgetPendingSignUp, type PendingSignUp, readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { resendVerificationMail } from '@/lib/sign-up/verification-mail';
import { visitorAddress } from '../../frame';

/** @returns the sign-up of this browser; without one the visitor is led to the form */
async function ownSignUp(locale: Locale): Promise<PendingSignUp> {
  const pending = await readPendingSignUp();
  return pending?.email === undefined ? redirect(`/${locale}/sign-up`) : pending;
}

/** Has the mail sent once more, within the server's limits. */
export async function resend(_: ResendState, sent: FormData): Promise<ResendState> {
  const form = formOf(sent);
  const locale = localeOf(form.get('locale'));
  const pending = await ownSignUp(locale);
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const result = await resendVerificationMail(pending, locale, await visitorAddress());
  if (result.status === 'throttled')
    return {
      text: t('resendThrottled', { seconds: result.retryAfter }),
      good: false,
      wait: result.retryAfter,
      failed: pending.mail === 'failed',
    };
  await writePendingSignUp({ ...pending, mail: result.status });
  const isSent = result.status === 'sent';
  return { text: t(isSent ? 'resent' : 'resendFailed'), good: isSent, wait: result.retryAfter, failed: !isSent };
}

/** Replaces the address of a sign-up that isn't verified yet. */
export async function changeEmail(_: AddressState, sent: FormData): Promise<AddressState> {
  const form = formOf(sent);
  const locale = localeOf(form.get('locale'));
  const pending = await ownSignUp(locale);
  const posted = form.get('email');
  const value = typeof posted === 'string' ? posted : '';
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const snapshot = await realmSnapshot();
  if (snapshot === undefined) return { value, problem: t('amendUnavailable') };
  const asked = signUpForm(snapshot, pending);
  const result = await changeAddress(pending, asked, value, locale, await visitorAddress());
  switch (result.status) {
    case 'changed':
      await writePendingSignUp(result.pending);
      redirect(`/${locale}/sign-up/check-email?changed=${randomBytes(6).toString('base64url')}`);
      break;
    case 'verified':
    case 'gone':
      redirect(`/${locale}/sign-up/verified`);
      break;
    case 'invalid':
      return {
        value,
        problem: (await violationTexts(result.violations, asked.model, locale, await realmTexts(locale))).email ?? '',
      };
    case 'same':
      return { value, problem: t('addressSame') };
    case 'throttled':
      return { value, problem: t('amendThrottled', { minutes: Math.ceil(result.retryAfter / 60) }) };
    default:
      return { value, problem: t('amendUnavailable') };
  }
}

/** Removes the account of a sign-up that isn't verified yet. */
export async function cancel(sent: FormData): Promise<void> {
  const locale = localeOf(formOf(sent).get('locale'));
  const pending = await ownSignUp(locale);
  const result = await cancelSignUp(pending, await visitorAddress());
  if (result.status === 'verified') redirect(`/${locale}/sign-up/verified`);
  if (result.status !== 'cancelled') redirect(`/${locale}/sign-up/check-email?kept`);
  await forgetPendingSignUp();
  const again = new URLSearchParams(await signUpParameters(pending)).toString();
  redirect(`/${locale}/sign-up/cancelled${again === '' ? '' : `?${again}`}`);
}
