'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { INTENT_FIELD, SWITCH_LANGUAGE } from '@/components/brand/language-intent';
import { INITIAL_STATE, type SignUpState } from '@/components/sign-up/state';
import { CAPTCHA_FIELD } from '@/lib/guards/captcha';
import { HONEYPOT_FIELD } from '@/lib/guards/trap';
import { formTexts, violationTexts } from '@/lib/i18n/form-view';
import { localeOf } from '@/lib/i18n/locales';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { type FormValues, PASSWORD_CONFIRM_FIELD, PASSWORD_FIELD } from '@/lib/profile/types';
import { readValues } from '@/lib/profile/values';
import { signUpForm } from '@/lib/sign-up/form';
import { readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { readSignUpRequest } from '@/lib/sign-up/request';
import { type SignUpResult, signUp } from '@/lib/sign-up/sign-up';
import { visitorAddress } from '../frame';

/** The form's action: hands the submit to the use case, and its result back in the visitor's words. */
export async function submitSignUp(state: SignUpState, form: FormData): Promise<SignUpState> {
  const locale = localeOf(form.get('locale'));
  const request = readSignUpRequest((name) => form.get(name));
  const snapshot = await realmSnapshot();
  const model = snapshot && signUpForm(snapshot, request).model;
  const values: FormValues = model === undefined ? {} : readValues(model, form.entries());
  const kept = Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== PASSWORD_FIELD && name !== PASSWORD_CONFIRM_FIELD),
  );
  const answer: SignUpState = { ...INITIAL_STATE, attempt: Number(state.attempt) + 1, values: kept };

  // Without JavaScript the language is switched by posting the form to its page in the other language.
  if (form.get(INTENT_FIELD) === SWITCH_LANGUAGE) return answer;

  const result = await signUp({
    entries: [...form.entries()],
    honeypot: form.get(HONEYPOT_FIELD),
    captchaToken: form.get(CAPTCHA_FIELD),
    request,
    locale,
    clientAddress: await visitorAddress(),
    pending: await readPendingSignUp(),
  });
  if (result.status === 'accepted') {
    await writePendingSignUp(result.pending);
    redirect(`/${locale}/sign-up/check-email`);
  }
  if (result.status === 'invalid') {
    const texts = model === undefined ? { groups: {}, fields: {}, policies: [] } : await formTexts(model, locale);
    return { ...answer, errors: await violationTexts(result.violations, texts, locale) };
  }
  return { ...answer, ...(await inWords(result, locale)) };
}

async function inWords(
  result: Exclude<SignUpResult, { status: 'accepted' | 'invalid' }>,
  locale: string,
): Promise<Pick<SignUpState, 'captcha' | 'problem'>> {
  if (result.status === 'captcha') {
    const t = await getTranslations({ locale, namespace: 'captcha' });
    return { captcha: t(result.why) };
  }
  const t = await getTranslations({ locale, namespace: 'problems' });
  return result.status === 'throttled'
    ? { problem: t('throttled', { minutes: Math.ceil(result.retryAfter / 60) }) }
    : { problem: t('unavailable') };
}
