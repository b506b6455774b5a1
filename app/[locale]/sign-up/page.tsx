import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import type { ConsentView } from '@/components/sign-up/consent';
import { Providers } from '@/components/sign-up/providers';
import { SignUpForm } from '@/components/sign-up/sign-up-form';
import type { CaptchaView, FormLabels } from '@/components/sign-up/state';
import { PageHeading } from '@/components/ui/page-heading';
import { settingsFor } from '@/lib/brand/config';
import { askedConsent } from '@/lib/brand/consent';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { CAPTCHA_FIELD } from '@/lib/guards/captcha';
import { HONEYPOT_FIELD } from '@/lib/guards/trap';
import { termsView } from '@/lib/i18n/consent-view';
import { formTexts } from '@/lib/i18n/form-view';
import { LOCALE_NAMES, type Locale } from '@/lib/i18n/locales';
import { providerViews } from '@/lib/i18n/provider-view';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { MARKETING_FIELD, TERMS_FIELD } from '@/lib/sign-up/consent';
import { type SignUpForm as SignUpRules, signUpForm } from '@/lib/sign-up/form';
import { ownField, readSignUpRequest, signUpParameters, valuesFromHint } from '@/lib/sign-up/request';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { readFrame } from '../frame';
import { startSignInInstead } from '../sign-in-actions';
import { submitSignUp } from './actions';

interface SignUpPageProps {
  readonly params: Promise<{ readonly locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

const FORM_ID = 'sign-up';

export async function generateMetadata({ params }: SignUpPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'signUp' });
  return { title: t('title') };
}

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

async function captchaView(mode: SignUpRules['captcha'], locale: string): Promise<CaptchaView | undefined> {
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

export default async function SignUpPage({ params, searchParams }: SignUpPageProps) {
  const query = await searchParams;
  const request = readSignUpRequest((name) => query[name]);
  const parameters = signUpParameters(request);
  const search = new URLSearchParams(parameters).toString();
  const here = `/sign-up${search === '' ? '' : `?${search}`}`;
  const frame = await readFrame((await params).locale, here);
  const { locale, snapshot } = frame;
  const t = await getTranslations({ locale });

  if (snapshot === undefined) {
    return (
      <Shell {...frame} here={here}>
        <PageHeading title={t('unavailable.title')}>{t('unavailable.lead')}</PageHeading>
        <a href={`/${locale}${here}`} className="button">
          {t('common.tryAgain')}
        </a>
      </Shell>
    );
  }

  const asked = signUpForm(snapshot, request);
  const { model, actions } = asked;
  const providers = await providerViews(asked.providers, locale);
  const settings = settingsFor(request.clientId);
  const client = settings.clientName;
  return (
    <Shell {...frame} here={here} step="details">
      <PageHeading title={client === undefined ? t('signUp.title') : t('signUp.titleFor', { client })}>
        <p>{t('signUp.lead')}</p>
        <p className="mt-1 text-base">
          {actions.includes('UPDATE_PASSWORD') ? `${t('signUp.passwordLater')} ` : null}
          {actions.includes(PASSKEY_ACTION) ? `${t('signUp.passkeyLater')} ` : null}
          {t('signUp.requiredNote')}
        </p>
      </PageHeading>
      {RENEWED in query ? (
        <p role="alert" className="mb-8 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {t('problems.renewed')}
        </p>
      ) : null}
      {providers.length === 0 ? null : (
        <Providers
          title={t('signUp.providers')}
          divider={t('signUp.orForm')}
          providers={providers.map(({ alias, kind, name }) => ({
            alias,
            kind,
            label: t('signUp.continueWith', { provider: name }),
            href: `/api/sign-in/${encodeURIComponent(alias)}?${new URLSearchParams({ ...parameters, locale })}`,
          }))}
        />
      )}
      <SignUpForm
        id={FORM_ID}
        model={model}
        texts={await formTexts(model, locale)}
        labels={await formLabels(locale)}
        locale={locale}
        action={submitSignUp}
        hidden={Object.fromEntries(Object.entries(parameters).map(([name, value]) => [ownField(name), value]))}
        initial={valuesFromHint(asked, query.login_hint)}
        renewed={renewedAddress(`/${locale}${here}`)}
        honeypot={HONEYPOT_FIELD}
        captchaField={CAPTCHA_FIELD}
        consent={await consentView(settings, locale)}
        captcha={await captchaView(asked.captcha, locale)}
        languages={frame.locales
          .filter((one) => one !== locale)
          .map((one) => ({ locale: one, name: LOCALE_NAMES[one], address: `/${one}${here}` }))}
      />
      <SignInInstead
        action={startSignInInstead}
        hidden={{ ...parameters, locale }}
        question={t('signUp.haveAccount')}
        label={t('signUp.signIn')}
      />
    </Shell>
  );
}
