import { getTranslations } from 'next-intl/server';
import type { ConsentView } from '@/components/sign-up/consent';
import type { FormLabels } from '@/components/sign-up/state';
import type { AskedConsent } from '@/lib/brand/consent';
import { HONEYPOT_FIELD } from '@/lib/guards/trap';
import { termsView } from '@/lib/i18n/consent-view';
import { formTexts } from '@/lib/i18n/form-view';
import type { Locale } from '@/lib/i18n/locales';
import type { RealmTexts } from '@/lib/keycloak/texts';
import type { FormModel } from '@/lib/profile/types';
import { MARKETING_FIELD, TERMS_FIELD } from '@/lib/sign-up/consent';

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
    addressMeant: t('signUp.addressMeant', { address: '{address}' }),
    addressTake: t('signUp.addressTake'),
    policyMet: t('password.met'),
    policyUnmet: t('password.unmet'),
  };
}

/**
 * What the form asks to be accepted and agreed to, with the words around it.
 * @param asked in the page's language
 */
export async function consentView({ terms, marketing }: AskedConsent, locale: Locale): Promise<ConsentView> {
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
 * The form itself, in words; nothing is read for it.
 * @param model the fields
 * @param texts the realm's own in this language
 */
export async function drawnForm(model: FormModel, texts: RealmTexts, locale: Locale) {
  return {
    id: FORM_ID,
    model,
    texts: await formTexts(model, locale, texts),
    labels: await formLabels(locale),
    locale,
    honeypot: HONEYPOT_FIELD,
  };
}
