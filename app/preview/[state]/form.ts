import { getTranslations } from 'next-intl/server';
import {
  type CaptchaLook,
  type CaptchaView,
  INITIAL_STATE,
  type SignUpState,
  type StillForm,
} from '@/components/sign-up/state';
import { type AskedConsent, askedConsent } from '@/lib/brand/consent';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { captchaPlan } from '@/lib/guards/captcha/captcha';
import { violationTexts } from '@/lib/i18n/form-view';
import type { Locale } from '@/lib/i18n/locales';
import { PREVIEW_MINUTES, PREVIEW_WAIT } from '@/lib/preview/people';
import { BAD_VALUES, GOOD_VALUES, PREVIEW_PROFILE, PREVIEW_SETTINGS } from '@/lib/preview/realm';
import { deriveForm } from '@/lib/profile/form-model';
import { matchPattern } from '@/lib/profile/pattern';
import { PASSWORD_FIELD } from '@/lib/profile/types';
import { validate } from '@/lib/profile/validate';
import { PASSKEY_ACTION, type PasswordMode } from '@/lib/required-actions';
import { accountActions } from '@/lib/sign-up/actions';
import { TERMS_FIELD } from '@/lib/sign-up/consent';
import { captchaLabels } from '../../[locale]/sign-up/captcha-view';
import { consentView, drawnForm } from '../../[locale]/sign-up/drawn-form';
import { formWait } from '../../[locale]/sign-up/refusal';
import { answerForm } from '../actions';
import type { Stage } from './stage';

/** How the form of a state differs from the client's own. */
export interface FormOptions {
  readonly mode?: PasswordMode;
  readonly answer?: SignUpState;
  readonly phase?: StillForm['phase'];
  /** Shown where the client has none, or another, too. */
  readonly captcha?: { readonly provider: CaptchaView['provider']; readonly look: CaptchaLook };
  readonly consent?: AskedConsent;
}

/** What the mailed link asks for in the client's mode, in a realm that has everything enabled. */
export function actionsOf(settings: ClientSettings, mode?: PasswordMode): readonly string[] {
  const extra = settings.extraActions ?? env().EXTRA_ACTIONS ?? [];
  return accountActions(mode ?? settings.passwordMode ?? env().PASSWORD_MODE, extra, [PASSKEY_ACTION, ...extra]);
}

function modelOf(settings: ClientSettings, mode?: PasswordMode) {
  const withPassword = (mode ?? settings.passwordMode ?? env().PASSWORD_MODE) === 'form';
  return deriveForm(PREVIEW_PROFILE, PREVIEW_SETTINGS, { scopes: [], withPassword });
}

/** The client's own CAPTCHA before it begins, where its form always has one. */
function ownCaptcha(settings: ClientSettings): FormOptions['captcha'] {
  const { kind, fromAttempt } = captchaPlan(settings);
  return kind === 'none' || fromAttempt > 1 ? undefined : { provider: kind, look: { phase: 'waiting' } };
}

async function stillCaptcha(captcha: FormOptions['captcha'], locale: Locale): Promise<CaptchaView | undefined> {
  if (captcha === undefined) return undefined;
  const { provider, look } = captcha;
  return {
    provider,
    field: '',
    source: '',
    siteKey: '',
    size: 'normal',
    sendsWithout: false,
    locale,
    still: look,
    labels: await captchaLabels(provider, locale),
  };
}

/** The props of the form in a state. */
export async function stillForm({ settings, locale, texts, to }: Stage, options: FormOptions = {}) {
  const state = options.answer ?? INITIAL_STATE;
  return {
    ...(await drawnForm(modelOf(settings, options.mode), texts, locale)),
    hidden: {},
    initial: {},
    renewed: to('sign-up-renewed'),
    consent: await consentView(options.consent ?? askedConsent(settings, locale), locale),
    captcha: await stillCaptcha(options.captcha ?? ownCaptcha(settings), locale),
    still: { state, phase: options.phase ?? ('idle' as const) },
    action: answerForm.bind(null, state),
  };
}

/** An answer of the server's to a form that was filled in well. */
export function answered(words: Partial<SignUpState>): SignUpState {
  return { ...INITIAL_STATE, attempt: 1, values: GOOD_VALUES, ...words };
}

/** The server's answer to a form in which every field is wrong, by the engine that judges real ones. */
export async function everyError({ settings, locale, texts }: Stage): Promise<SignUpState> {
  const model = modelOf(settings, 'form');
  const violations = validate(model, BAD_VALUES, { locale, matches: matchPattern });
  const t = await getTranslations({ locale, namespace: 'errors' });
  const errors = {
    ...(await violationTexts(violations, model, locale, texts)),
    ...(askedConsent(settings, locale).terms === undefined ? {} : { [TERMS_FIELD]: t('termsNotAccepted') }),
  };
  return { ...INITIAL_STATE, attempt: 1, values: BAD_VALUES, errors };
}

/** The server's answer where the username is somebody's. */
export async function usernameTaken({ settings, locale, texts }: Stage): Promise<SignUpState> {
  const taken = { field: 'username', code: 'usernameExistsMessage', params: [] };
  return answered({ errors: await violationTexts([taken], modelOf(settings), locale, texts) });
}

/** The server's answer to what it refuses beyond the realm's own rules. */
export async function guessedFirst({ settings, locale, texts }: Stage): Promise<SignUpState> {
  const broken = [
    { field: 'email', code: 'emailDisposable', params: [] },
    { field: PASSWORD_FIELD, code: 'passwordLeaked', params: [] },
  ];
  return answered({ errors: await violationTexts(broken, modelOf(settings, 'form'), locale, texts) });
}

/** The sentences about what no visitor can mend. */
export async function problems(locale: string) {
  const t = await getTranslations({ locale, namespace: 'problems' });
  return {
    throttled: answered({
      problem: t('throttled', { minutes: PREVIEW_MINUTES }),
      wait: await formWait(PREVIEW_MINUTES * 60, false, locale),
    }),
    busy: answered({ problem: t('throttledEveryone'), wait: await formWait(PREVIEW_WAIT, true, locale) }),
    again: answered({ problem: t('stale'), wait: await formWait(PREVIEW_WAIT, true, locale) }),
    unavailable: answered({ problem: t('unavailable'), wait: await formWait(PREVIEW_WAIT, true, locale) }),
    unexpected: answered({ problem: t('unexpected') }),
  };
}

/** The client's terms and offer, or made-up ones where it has none. */
export async function someConsent({ settings, locale }: Stage): Promise<AskedConsent> {
  const t = await getTranslations({ locale, namespace: 'preview.made' });
  const made = { owner: '*', version: '2026-01', sha256: '' };
  const asked = askedConsent(settings, locale);
  return {
    terms: asked.terms ?? { ...made, language: locale, text: t('terms') },
    marketing: asked.marketing ?? { ...made, text: t('marketing') },
  };
}
