import { headers } from 'next/headers';
import { settingsFor } from '@/lib/brand/config';
import { askedConsent } from '@/lib/brand/consent';
import { isCaptchaDue } from '@/lib/guards/captcha/captcha';
import type { Locale } from '@/lib/i18n/locales';
import { realmTexts } from '@/lib/keycloak/texts';
import { isForTemplate, mark } from '@/lib/page-templates/marks';
import type { SignUpForm, SignUpRequest } from '@/lib/sign-up/form';
import { FORM_TOKEN_FIELD, type FormPlace, issueFormToken } from '@/lib/sign-up/form-token';
import { openPrefill } from '@/lib/sign-up/prefill';
import { ownField, signUpParameters } from '@/lib/sign-up/request';
import { countServed } from '@/lib/telemetry/funnel';
import { visitorAddress } from '../frame';
import { captchaView } from './captcha-view';
import { consentView, drawnForm } from './drawn-form';

/** The address that begins signing in with an identity provider of the realm. */
export function providerAddress(alias: string, parameters: Readonly<Record<string, string>>, locale: Locale): string {
  return `/api/sign-in/${encodeURIComponent(alias)}?${new URLSearchParams({ ...parameters, locale })}`;
}

/**
 * Counts a form as served, and proves that it was. A page that is to be a template is served to nobody yet: it has a mark, as
 * long as a token.
 */
async function served(place: FormPlace, request: SignUpRequest): Promise<string> {
  const token = await issueFormToken(place, request);
  if (isForTemplate(await headers())) return mark('formToken', token.length);
  countServed(request.clientId);
  return token;
}

/**
 * What the sign-up form is drawn from, wherever it stands.
 * @param asked the form of this visitor
 * @param request who sent them
 * @param prefill the parameter with what is known of them, if there is one
 * @param place where it stands
 */
export async function formProps(
  asked: SignUpForm,
  request: SignUpRequest,
  prefill: unknown,
  locale: Locale,
  place: FormPlace,
) {
  const { model } = asked;
  const isDue = await isCaptchaDue(asked.captcha, await visitorAddress());
  const parameters = Object.entries(await signUpParameters(request));
  return {
    ...(await drawnForm(model, await realmTexts(locale), locale)),
    hidden: {
      ...Object.fromEntries(parameters.map(([name, value]) => [ownField(name), value])),
      [FORM_TOKEN_FIELD]: await served(place, request),
    },
    initial: await openPrefill(prefill, model),
    consent: await consentView(askedConsent(settingsFor(request.clientId), locale), locale),
    captcha: isDue ? await captchaView(asked.captcha.kind, locale) : undefined,
  };
}
