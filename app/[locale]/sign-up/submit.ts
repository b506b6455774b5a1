import { headers } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { INITIAL_STATE, type SignUpState } from '@/components/sign-up/state';
import type { CaptchaKind } from '@/lib/captcha-kinds';
import { resultOfCall } from '@/lib/form-calls/known';
import { violationTexts } from '@/lib/i18n/form-view';
import { INTENT_FIELD, SWITCH_LANGUAGE } from '@/lib/i18n/language-intent';
import { type Locale, localeOf } from '@/lib/i18n/locales';
import { realmTexts } from '@/lib/keycloak/texts';
import { nextAttempt } from '@/lib/posted';
import { PASSWORD_FIELDS } from '@/lib/profile/types';
import { REQUEST_ID } from '@/lib/requests';
import { CAPTCHA_PASS_FIELD } from '@/lib/sign-up/captcha-pass';
import { FORM_TOKEN_FIELD, type FormPlace } from '@/lib/sign-up/form-token';
import type { PendingSignUp } from '@/lib/sign-up/pending';
import { type SignUpResult, signUp } from '@/lib/sign-up/sign-up';
import { readSubmission } from '@/lib/sign-up/submission';
import { visitorAddress } from '../frame';
import { captchaView, captchaWords } from './captcha-view';
import { notNow, triesOf } from './not-now';
import { refusal } from './refusal';

/** What comes of a posted form: a sign-up, or what the page says. */
interface Submitted {
  readonly locale: Locale;
  readonly answer: SignUpState;
  /** Undefined where nothing was accepted. */
  readonly pending: PendingSignUp | undefined;
}

/**
 * Hands a posted form to the use case, and its result back in the visitor's words.
 * @param state what the page said before
 * @param posted the form
 * @param before the sign-up that this visitor began before, if they did
 * @param place where the form stands
 */
export async function submit(
  state: unknown,
  posted: FormData,
  before: PendingSignUp | undefined,
  place: FormPlace,
): Promise<Submitted> {
  // The page's own language, by its address: nothing that was posted decides what is stored as the visitor's.
  const locale = localeOf(await getLocale());
  const clientAddress = await visitorAddress();
  const submission = await readSubmission(posted, { place, locale, clientAddress, pending: before });
  const { form: asked, values, request } = submission;
  const captcha = asked?.captcha.kind ?? 'none';
  const shown = Object.fromEntries(Object.entries(values).filter(([name]) => !PASSWORD_FIELDS.includes(name)));
  const answer: SignUpState = { ...INITIAL_STATE, attempt: nextAttempt(state), values: shown };

  // Without JavaScript the language is switched by posting the form to its page in the other language.
  if (posted.get(INTENT_FIELD) === SWITCH_LANGUAGE) return { locale, answer, pending: undefined };

  const result = resultOfCall((await headers()).get(REQUEST_ID)) ?? (await signUp(submission));
  if (result.status === 'accepted') return { locale, answer, pending: result.pending };
  const words =
    result.status === 'invalid'
      ? { errors: asked ? await violationTexts(result.violations, asked.model, locale, await realmTexts(locale)) : {} }
      : await inWords(result, captcha, { place, request, locale, tries: triesOf(posted) });
  // Without JavaScript the answer is a page of its own; the time that was spent on the form still counts, and so does a
  // CAPTCHA that was solved.
  const kept = [FORM_TOKEN_FIELD, CAPTCHA_PASS_FIELD].flatMap((name) => {
    const value = posted.get(name);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const hidden = { ...Object.fromEntries(kept), ...('hidden' in words ? words.hidden : {}) };
  return { locale, answer: { ...answer, ...words, hidden }, pending: undefined };
}

async function inWords(
  result: Exclude<SignUpResult, { status: 'accepted' | 'invalid' }>,
  captcha: CaptchaKind,
  served: Parameters<typeof notNow>[1],
): Promise<Pick<SignUpState, 'captcha' | 'captchaView' | 'problem' | 'wait' | 'hidden'>> {
  const { locale } = served;
  if (result.status === 'captcha') {
    const words = await captchaWords(captcha, result.why, locale);
    // A page that had none to send gets it with the answer.
    return { captcha: words, ...(result.why === 'needed' ? { captchaView: await captchaView(captcha, locale) } : {}) };
  }
  if (result.status === 'crowded' || result.status === 'unavailable') return notNow(result, served);
  return refusal(result, served);
}
