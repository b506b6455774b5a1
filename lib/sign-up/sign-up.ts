import 'server-only';
import { randomUUID } from 'node:crypto';
import { portalConfig } from '@/lib/brand/config';
import { type CaptchaAnswer, verifyCaptcha } from '@/lib/guards/captcha';
import { throttleKey } from '@/lib/guards/client-address';
import { isEmailAllowed } from '@/lib/guards/email-rules';
import { throttle } from '@/lib/guards/throttle';
import { isTrapped } from '@/lib/guards/trap';
import type { Unavailable } from '@/lib/keycloak/admin';
import { createUser } from '@/lib/keycloak/users';
import { withPolicyValue } from '@/lib/profile/password';
import { matchPattern } from '@/lib/profile/pattern-server';
import { checkValues } from '@/lib/profile/schema';
import { type FormValues, PASSWORD_FIELD, type Violation } from '@/lib/profile/types';
import { toRepresentation } from '@/lib/profile/values';
import { log } from '@/lib/telemetry/log';
import type { SignUpForm, SignUpRequest } from './form';
import type { PendingSignUp } from './pending';
import { sendVerificationMail, startMailCooldown } from './verification-mail';

/** One submit of the form, as it reached the server; nothing in it has been believed yet. */
export interface Submission {
  /** The form that the server asks for now, whatever the page asked for; undefined while the realm can't be read. */
  readonly form: SignUpForm | undefined;
  /** Of that form's fields alone: see `readValues`. */
  readonly values: FormValues;
  readonly honeypot: unknown;
  readonly captchaToken: unknown;
  readonly request: SignUpRequest;
  readonly locale: string;
  /** See `clientAddress`. */
  readonly clientAddress: string;
  /** What this browser began before, if it did. */
  readonly pending: PendingSignUp | undefined;
}

/** What comes of a submit. Never thrown: every way a sign-up can end is one of these. */
export type SignUpResult =
  /** The next page is "check your e-mail", whoever's the address is. */
  | { readonly status: 'accepted'; readonly pending: PendingSignUp }
  | { readonly status: 'invalid'; readonly violations: readonly Violation[] }
  | { readonly status: 'captcha'; readonly why: Exclude<CaptchaAnswer, { passed: true }>['why'] }
  /** `retryAfter` in seconds. */
  | { readonly status: 'throttled'; readonly retryAfter: number }
  /** Keycloak can't be reached, or not be used; nothing was created. */
  | Unavailable;

/**
 * Signs a visitor up: the eight steps of the design, in its order.
 * @param submission what was posted, and by whom
 */
export async function signUp(submission: Submission): Promise<SignUpResult> {
  const { form, values, locale, request } = submission;

  // 1 throttle
  const passage = await throttle('sign-up', throttleKey(submission.clientAddress));
  if (!passage.passed) return recorded({ status: 'throttled', retryAfter: passage.retryAfter });
  if (form === undefined) return recorded({ status: 'unavailable', reason: 'realm not read yet' });
  const { snapshot, model, passwordMode, actions } = form;

  // 2 trap: a robot learns nothing from an answer that looks like success
  if (isTrapped(submission.honeypot)) {
    log('info', 'sign-up.trapped');
    return decoy(values.email?.[0] ?? '');
  }

  // 3 validate
  const verdict = checkValues(model, values, { locale, matches: matchPattern });
  if (!verdict.ok) return recorded({ status: 'invalid', violations: verdict.violations });

  // 4 rules
  const supported = snapshot.supportedLocales.includes(locale);
  const user = toRepresentation(model, verdict.values, supported ? locale : undefined);
  const email = user.email ?? '';
  if (!isEmailAllowed(user.email, portalConfig().emailDomains))
    return recorded({ status: 'invalid', violations: [{ field: 'email', code: 'emailDomainNotAllowed', params: [] }] });

  // 5 captcha: last of the checks, since its token is spent once
  const human = await verifyCaptcha(submission.captchaToken, submission.clientAddress);
  if (!human.passed) return recorded({ status: 'captcha', why: human.why });

  // Back, and sent again: the account is there already, and is this visitor's own.
  const { pending } = submission;
  if (pending?.own === 1 && pending.email?.toLowerCase() === user.email?.toLowerCase()) {
    log('info', 'sign-up.repeated', { userId: pending.userId });
    return { status: 'accepted', pending: { ...pending, ...request, email } };
  }

  // 6 create
  const password = passwordMode === 'form' ? verdict.values[PASSWORD_FIELD]?.[0] : undefined;
  const created = await createUser({ ...user, ...(password ? { password } : {}), requiredActions: actions }, locale);
  if (created.status === 'taken') return taken(created.field);
  if (created.status === 'invalid') {
    const policies = model.password?.policies ?? [];
    return recorded({ ...created, violations: created.violations.map((one) => withPolicyValue(one, policies)) });
  }
  if (created.status !== 'created') return recorded(created);

  // 7 verify
  const mail = await sendVerificationMail(created.id, locale, actions);

  // 8 record
  log('info', 'sign-up.created', { userId: created.id, mail, passwordMode, locale });
  return {
    status: 'accepted',
    pending: { ...request, email, userId: created.id, own: 1, mail, actions },
  };

  /** A sign-up that leads nowhere and looks, cookie and limits included, like one that leads somewhere. */
  async function decoy(address: string): Promise<SignUpResult> {
    const userId = randomUUID();
    await startMailCooldown(userId);
    return { status: 'accepted', pending: { ...request, email: address, userId, own: 0, mail: 'sent', actions } };
  }

  async function taken(field: 'username' | 'email'): Promise<SignUpResult> {
    // A username is a public handle: whoever wants one must learn that it is gone. An address is not, so a known one
    // sees the page that a new one sees (OWASP Authentication, "Authentication Responses").
    if (field === 'username' && !model.emailAsUsername)
      return recorded({ status: 'invalid', violations: [{ field, code: 'usernameExistsMessage', params: [] }] });
    log('info', 'sign-up.address-known');
    return decoy(email);
  }
}

/** Notes how a submit ended that made no account: its status, and why in codes, never in values. */
function recorded(result: Exclude<SignUpResult, { status: 'accepted' }>): SignUpResult {
  switch (result.status) {
    case 'invalid':
      log('info', 'sign-up.invalid', { codes: result.violations.map(({ field, code }) => `${field}:${code}`) });
      break;
    case 'unavailable':
      log('error', 'sign-up.unavailable', { reason: result.reason });
      break;
    default:
      log('info', `sign-up.${result.status}`);
  }
  return result;
}
