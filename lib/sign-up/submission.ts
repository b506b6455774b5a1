import 'server-only';
import { captchaField } from '@/lib/guards/captcha/captcha';
import { HONEYPOT_FIELD } from '@/lib/guards/trap';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { readValues } from '@/lib/profile/values';
import { CAPTCHA_PASS_FIELD } from './captcha-pass';
import { MARKETING_FIELD, TERMS_FIELD } from './consent';
import { signUpForm } from './form';
import { FORM_TOKEN_FIELD } from './form-token';
import { ownField, readSignUpRequest } from './request';
import type { Submission } from './sign-up';

/** Who posted a form, and where it stands. */
type Poster = Pick<Submission, 'place' | 'locale' | 'clientAddress' | 'pending'>;

/**
 * Reads a posted form, by what the realm asks for now.
 * @param posted the form, as anyone may have made it up
 * @param poster who posted it
 */
export async function readSubmission(posted: FormData, poster: Poster): Promise<Submission> {
  const request = await readSignUpRequest((name) => posted.get(ownField(name)));
  const snapshot = await realmSnapshot();
  const form = snapshot && signUpForm(snapshot, request);
  return {
    ...poster,
    form,
    request,
    values: form === undefined ? {} : readValues(form.model, posted.entries()),
    consent: { terms: posted.get(TERMS_FIELD), marketing: posted.get(MARKETING_FIELD) },
    honeypot: posted.get(HONEYPOT_FIELD),
    formToken: posted.get(FORM_TOKEN_FIELD),
    captchaToken: posted.get(captchaField(form?.captcha.kind ?? 'none')),
    captchaPass: posted.get(CAPTCHA_PASS_FIELD),
  };
}
