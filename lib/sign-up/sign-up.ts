import 'server-only';
import { randomUUID } from 'node:crypto';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import { askedConsent } from '@/lib/brand/consent';
import { env } from '@/lib/env';
import { type CaptchaAnswer, judgeCaptcha } from '@/lib/guards/captcha/captcha';
import { throttleKey } from '@/lib/guards/client-address';
import { mailboxOf } from '@/lib/guards/mailbox';
import { giveBack, throttle, throttleAll } from '@/lib/guards/throttle';
import { isTrapped } from '@/lib/guards/trap';
import { localeOf } from '@/lib/i18n/locales';
import { readAccount } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { keepsMark } from '@/lib/keycloak/mark-watch';
import { processWide } from '@/lib/process-wide';
import { isWhitespace } from '@/lib/profile/java-text';
import { withPolicyValue } from '@/lib/profile/password';
import { matchPattern } from '@/lib/profile/pattern-server';
import { checkValues } from '@/lib/profile/schema';
import { type FormValues, PASSWORD_FIELD, type Violation } from '@/lib/profile/types';
import { toRepresentation } from '@/lib/profile/values';
import { Admission } from '@/lib/resilience/admission';
import { openFor } from '@/lib/resilience/policy';
import { audit } from '@/lib/telemetry/audit';
import { inSpan } from '@/lib/telemetry/tracing';
import { inTurn, once } from './at-once';
import { attemptName } from './attempt';
import { watchAddress } from './busy-address';
import { holdsCaptchaPass, issueCaptchaPass } from './captcha-pass';
import { type GivenConsent, judgeConsent, spareKeycloaksTerms } from './consent';
import type { SignUpForm, SignUpRequest } from './form';
import { type FormPlace, type FormTokenAnswer, judgeFormToken } from './form-token';
import { echoMail } from './mail-echo';
import { makeAccount } from './make-account';
import { tellOwner } from './owner';
import type { PendingSignUp } from './pending';
import { ruleViolations } from './rules';
import { echoVerificationMail, ensureVerificationMail, sendVerificationMail } from './verification-mail';

/** One submit of the form, as it reached the server; nothing in it has been believed yet. */
export interface Submission {
  /** The form that the server asks for now, whatever the page asked for; undefined while the realm can't be read. */
  readonly form: SignUpForm | undefined;
  /** Of that form's fields alone: see `readValues`. */
  readonly values: FormValues;
  readonly consent: GivenConsent;
  readonly honeypot: unknown;
  /** See `issueFormToken`. */
  readonly formToken: unknown;
  readonly place: FormPlace;
  readonly captchaToken: unknown;
  /** See `issueCaptchaPass`. */
  readonly captchaPass: unknown;
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
  /** Too many, by what: this visitor's address, mails to this e-mail address, or everybody's. `retryAfter` in seconds. */
  | { readonly status: 'throttled'; readonly by: 'address' | 'target' | 'everyone'; readonly retryAfter: number }
  /** The form has to be sent once more. `retryAfter` in seconds. */
  | {
      readonly status: 'again';
      readonly why: Exclude<FormTokenAnswer, { passed: true }>['why'];
      readonly retryAfter: number;
    }
  /** More come at once than can be served. `retryAfter` in seconds. */
  | { readonly status: 'crowded'; readonly retryAfter: number }
  /**
   * Keycloak can't be reached, or not be used; nothing is known to have been created. `retryAfter`: seconds from which another
   * try makes sense; `captchaPass`: makes up for a CAPTCHA that was solved for nothing.
   */
  | (Unavailable & { readonly retryAfter: number; readonly captchaPass?: string });

/**
 * Signs a visitor up: the eight steps of the design, in its order.
 * @param submission what was posted, and by whom
 */
export async function signUp(submission: Submission): Promise<SignUpResult> {
  const { form, values, locale, request } = submission;
  const recorded = (result: Refused) => record(result, request);

  // 1 throttle
  const visitor = throttleKey(submission.clientAddress);
  const [passage] = await Promise.all([throttle('sign-up', visitor), watchAddress(visitor)]);
  if (!passage.passed) return recorded({ status: 'throttled', by: 'address', retryAfter: passage.retryAfter });
  if (form === undefined) return recorded(unavailable('realm not read yet'));
  const { snapshot, model, passwordMode, actions } = form;

  // 2 trap: a robot learns nothing from an answer that looks like success
  if (isTrapped(submission.honeypot)) {
    audit('sign-up.trapped', { trap: 'honeypot' }, request.clientId);
    const userId = randomUUID();
    const mail = await echoVerificationMail(userId);
    return {
      status: 'accepted',
      pending: { ...request, email: values.email?.[0]?.slice(0, LONGEST_EMAIL) ?? '', userId, own: 0, mail, actions },
    };
  }

  // A person can be hit by the others, and tries again.
  const served = await judgeFormToken(submission.formToken, submission.place, request);
  if (!served.passed) return recorded({ status: 'again', why: served.why, retryAfter: served.retryAfter });

  // 3 validate
  const verdict = checkValues(model, values, { locale, matches: matchPattern });
  const asked = askedConsent(settingsFor(request.clientId), localeOf(locale));
  const consent = judgeConsent(asked, submission.consent, locale, new Date());
  if (!verdict.ok || consent.violations.length > 0) {
    const violations = [...(verdict.ok ? [] : verdict.violations), ...consent.violations];
    return recorded({ status: 'invalid', violations });
  }

  // 4 rules
  const supported = snapshot.supportedLocales.includes(locale);
  const user = toRepresentation(model, verdict.values, supported ? locale : undefined);
  const email = user.email ?? '';
  const password = passwordMode === 'form' ? verdict.values[PASSWORD_FIELD]?.[0] : undefined;
  const broken = await inSpan('sign-up.rules', () => ruleViolations(user, password, form));
  if (broken.length > 0) return recorded({ status: 'invalid', violations: broken });

  // A blank is no address, and may well be optional.
  const target = isWhitespace(email) ? '' : email.toLowerCase();
  const { pending, clientAddress } = submission;
  const attempt = attemptName(served.id, email);
  const isOwn = pending?.own === 1 && pending.email?.toLowerCase() === email.toLowerCase();
  const accepted = (userId: string, own: 0 | 1, mail: 'sent' | 'failed'): SignUpResult => ({
    status: 'accepted',
    pending: { ...request, email, userId, own, mail, actions },
  });

  const makeCounted = async (): Promise<SignUpResult> => {
    // An inbox is nobody's to flood; it is counted alike whosever it is.
    const mails = await throttleAll([
      ['accounts', visitor],
      ...(target === '' ? [] : [['mail-target', mailboxOf(email)] as const]),
    ]);
    if (!mails.passed) {
      const by = mails.policy === 'accounts' ? 'address' : 'target';
      return recorded({ status: 'throttled', by, retryAfter: mails.retryAfter });
    }
    const result = await make();
    if (!isAccepted(result)) await giveBack('accounts', visitor);
    // No mail was asked for.
    if (result.status === 'unavailable' && target !== '') await giveBack('mail-target', mailboxOf(email));
    return result;
  };

  const make = async (): Promise<SignUpResult> => {
    // 6 create
    const signUp = {
      user,
      password,
      requiredActions: actions,
      locale,
      emailAsUsername: model.emailAsUsername,
      duplicateEmails: snapshot.settings.duplicateEmailsAllowed,
      evidence: consent.attributes,
      isMarked: keepsMark(snapshot.profile),
      inSignUpGroup: snapshot.signUpGroup !== undefined,
      ownId: isOwn ? pending.userId : undefined,
      attempt,
    };
    const account = await inSpan('sign-up.create', () => makeAccount(signUp));
    switch (account.status) {
      case 'created': {
        // 8 record: as soon as it is so
        audit('sign-up.created', { userId: account.id, passwordMode, terms: consent.accepted }, request.clientId);
        if (consent.accepted !== undefined) await spareKeycloaksTerms(account.id, actions, snapshot.defaultActions);
        // 7 verify
        const mail = await sendVerificationMail(account.id, locale, actions, clientAddress);
        return accepted(account.id, 1, mail);
      }
      case 'repeated': {
        audit('sign-up.repeated', { userId: account.id }, request.clientId);
        if (!isOwn) {
          const mail = await ensureVerificationMail(account.id, locale, actions, clientAddress);
          return accepted(account.id, 1, mail);
        }
        await echoMail(account.spentMs);
        return accepted(account.id, 1, pending.mail);
      }
      case 'known': {
        // The page that a new address sees (OWASP Authentication cheat sheet, "Authentication and Error Messages").
        audit('sign-up.address-known', {}, request.clientId);
        if (account.owner !== undefined) tellOwner(account.owner, snapshot, request);
        const userId = randomUUID();
        return accepted(userId, 0, await echoVerificationMail(userId, account.spentMs));
      }
      case 'username-taken':
        return recorded({ status: 'invalid', violations: [usernameTaken] });
      case 'invalid': {
        const policies = model.password?.policies ?? [];
        return recorded({ ...account, violations: account.violations.map((one) => withPolicyValue(one, policies)) });
      }
      default:
        return recorded(unavailable(account.reason));
    }
  };

  const question = {
    values: verdict.values,
    consents: Object.keys(consent.attributes),
    request,
    locale,
    actions,
    own: pending?.userId,
  };
  const judge = async (): Promise<SignUpResult> => {
    // What got as far as this counts for everybody; what a single robot is refused for does not.
    const points = [
      ['sign-up-client', clientConfig(request.clientId) === undefined ? '' : (request.clientId ?? '')],
      ['sign-up-overall', ''],
    ] as const;
    const crowd = await throttleAll(points);
    if (!crowd.passed) return recorded({ status: 'throttled', by: 'everyone', retryAfter: crowd.retryAfter });
    const result = await serve();
    // Whom the portal can't serve has taken nothing, and comes back.
    if (result.status === 'crowded' || result.status === 'unavailable')
      for (const [policy, key] of [['sign-up', visitor] as const, ...points]) await giveBack(policy, key);
    return result;
  };
  const serve = async (): Promise<SignUpResult> => {
    // Before the CAPTCHA, whose token would be spent for nothing.
    if (openFor('keycloak') > 0) return recorded(unavailable('CIRCUIT_OPEN'));
    const admitted = await door().admit(judgeHuman);
    return admitted.isIn ? admitted.result : recorded({ status: 'crowded', retryAfter: admitted.retryAfter });
  };
  const judgeHuman = async (): Promise<SignUpResult> => {
    // 5 captcha: last of the checks, since its token is spent once
    if (!(await holdsCaptchaPass(submission.captchaPass, clientAddress, attempt))) {
      const human = await inSpan('sign-up.captcha', () =>
        judgeCaptcha(form.captcha, submission.captchaToken, clientAddress),
      );
      if (!human.passed) return recorded({ status: 'captcha', why: human.why });
    }
    const result = await once(question, () => inTurn(target || randomUUID(), makeCounted), isAccepted, isThere);
    if (result.status !== 'unavailable' || form.captcha.kind === 'none') return result;
    return { ...result, captchaPass: await issueCaptchaPass(clientAddress, attempt) };
  };
  // The same token twice is the same post twice: it is spent once, and both get its answer.
  return once({ ...question, captcha: submission.captchaToken }, judge, isAccepted, isThere);
}

/** RFC 3696, erratum 1690. Nobody has looked at a robot's yet, and a cookie has to hold it. */
const LONGEST_EMAIL = 254;

/** Everybody who signs up comes through it. */
const door = () => processWide('sign-up door', () => new Admission(env().SIGN_UPS_AT_ONCE));

/** When Keycloak may be back that has failed just now, in seconds. */
const SOON_S = 3;

const unavailable = (reason: string) => ({
  status: 'unavailable' as const,
  reason,
  retryAfter: Math.max(SOON_S, Math.ceil(openFor('keycloak') / 1_000)),
});

const isAccepted = ({ status }: SignUpResult) => status === 'accepted';

/** Whether the account of an accepted sign-up is there as it was; one that never was is asked for as well, and stays so. */
async function isThere(result: SignUpResult): Promise<boolean> {
  if (result.status !== 'accepted') return false;
  const { userId, own, email } = result.pending;
  const found = await readAccount(userId);
  const account = found.status === 'ok' ? found.value : undefined;
  return own === 0 || account?.email.toLowerCase() === email?.toLowerCase();
}

const usernameTaken: Violation = { field: 'username', code: 'usernameExistsMessage', params: [] };

type Refused = Exclude<SignUpResult, { status: 'accepted' }>;

/** Notes how a submit ended that made no account: its status, and why in codes, never in values. */
function record(result: Refused, { clientId }: SignUpRequest): SignUpResult {
  switch (result.status) {
    case 'invalid':
      audit('sign-up.invalid', { codes: result.violations.map(({ field, code }) => `${field}:${code}`) }, clientId);
      break;
    case 'unavailable':
      audit('sign-up.unavailable', { reason: result.reason }, clientId);
      break;
    case 'again':
      audit('sign-up.trapped', { trap: result.why }, clientId);
      break;
    case 'throttled':
      audit('sign-up.throttled', { by: result.by }, clientId);
      break;
    case 'crowded':
      audit('sign-up.crowded', { retryAfter: result.retryAfter }, clientId);
      break;
    default:
      audit('sign-up.captcha', { why: result.why }, clientId);
  }
  return result;
}
