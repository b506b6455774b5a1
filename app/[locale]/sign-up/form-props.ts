import { getTranslations } from 'next-intl/server';
import type { ConsentView } from '@/components/sign-up/consent';
import type { CaptchaView, FormLabels } from '@/components/sign-up/state';
import { settingsFor } from '@/lib/brand/config';
import { askedConsent } from '@/lib/brand/consent';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { CAPTCHA_FIELD } from '@/lib/guards/captcha';
import { HONEYPOT_FIELD } from '@/lib/guards/trap';
import { termsView } from '@/lib/i18n/consent-view';
import { formTexts } from '@/lib/i18n/form-view';
import type { Locale } from '@/lib/i18n/locales';
import { MARKETING_FIELD, TERMS_FIELD } from '@/lib/sign-up/consent';
import type { SignUpForm, SignUpRequest } from '@/lib/sign-up/form';
import { openPrefill } from '@/lib/sign-up/prefill';
import { ownField, signUpParameters } from '@/lib/sign-up/request';

/** The form's id on its page. */
const FORM_ID = 'sign-up';

async function formLabels(locale: string): Promise<FormLabels> {
  const t = await getTranslations({ locale });
  // The page puts in the field's name and the line's number itself.
  const line = { field: '{field}', number: '{number}' };
  return {
    optional: t('common.optional'),
    choose: t('signUp.choose'),
    submit: t('signUp.submit'),
    submitting: t('signUp.submitting'),
    slow: t('signUp.slow'),
    unexpected: t('problems.unexpected'),
    leaveEmpty: t('signUp.leaveEmpty'),
    languageKeeps: t('signUp.languageKeeps'),
    summaryTitle: t('summary.title'),
    summaryLead: t('summary.lead'),
    addValue: t('signUp.addValue', line),
    removeValue: t('signUp.removeValue', line),
    valueNumber: t('signUp.valueNumber', line),
    showPassword: t('password.show'),
    passwordRetype: t('password.retype'),
    passwordRules: t('password.rules'),
    policyMet: t('password.met'),
    policyUnmet: t('password.unmet'),
  };
}

async function captchaView(mode: SignUpForm['captcha'], locale: string): Promise<CaptchaView | undefined> {
  const { HCAPTCHA_SITE_KEY, HCAPTCHA_SCRIPT_URL, HCAPTCHA_SIZE } = env();
  if (mode === 'none' || HCAPTCHA_SITE_KEY === undefined) return undefined;
  const t = await getTranslations({ locale, namespace: 'captcha' });
  return {
    siteKey: HCAPTCHA_SITE_KEY,
    scriptUrl: HCAPTCHA_SCRIPT_URL,
    size: HCAPTCHA_SIZE,
    locale,
    labels: {
      label: t('label'),
      waiting: t('waiting'),
      loading: t('loading'),
      missing: t('missing'),
      expired: t('expired'),
      failedToLoad: t('failedToLoad'),
      retry: t('retry'),
      needsJavaScript: t('needsJavaScript'),
    },
  };
}

async function consentView(settings: ClientSettings, locale: Locale): Promise<ConsentView> {
  const { terms, marketing } = askedConsent(settings, locale);
  const t = await getTranslations({ locale });
  return {
    terms: terms && {
      ...(await termsView(terms, locale)),
      field: TERMS_FIELD,
      accept: t('consent.accept'),
      missing: t('errors.termsNotAccepted'),
    },
    marketing: marketing && { field: MARKETING_FIELD, sha256: marketing.sha256, text: marketing.text },
  };
}

/**
 * What the sign-up form is drawn from, wherever it stands.
 * @param asked the form of this visitor
 * @param request who sent them
 * @param prefill the parameter with what is known of them, if there is one
 */
export async function formProps(asked: SignUpForm, request: SignUpRequest, prefill: unknown, locale: Locale) {
  const { model } = asked;
  const parameters = Object.entries(await signUpParameters(request));
  return {
    id: FORM_ID,
    model,
    texts: await formTexts(model, locale),
    labels: await formLabels(locale),
    locale,
    hidden: Object.fromEntries(parameters.map(([name, value]) => [ownField(name), value])),
    initial: await openPrefill(prefill, model),
    honeypot: HONEYPOT_FIELD,
    captchaField: CAPTCHA_FIELD,
    consent: await consentView(settingsFor(request.clientId), locale),
    captcha: await captchaView(asked.captcha, locale),
  };
}
