import 'server-only';
import { env } from '@/lib/env';
import { throttleKey } from '@/lib/guards/client-address';
import { mailboxOf } from '@/lib/guards/mailbox';
import { countOf, countUp, forget, giveBack, hold, secondsLeft, throttleAll } from '@/lib/guards/throttle';
import { sendActionsMail } from '@/lib/keycloak/users';
import { audit } from '@/lib/telemetry/audit';
import { inSpan } from '@/lib/telemetry/tracing';
import { linkActions } from './actions';
import { echoMail, noteMail } from './mail-echo';
import type { PendingSignUp } from './pending';

/**
 * Where the link behind the mail leads in the end; `keycloak:setup` registers it for each language.
 * @param locale the visitor's language
 */
function verifiedUrl(locale: string): string {
  return `${env().PORTAL_URL}/${locale}/sign-up/verified`;
}

/** How long the next try waits after the first, second … mail in a row that did not go out, in seconds. */
const BACK_OFF = [5, 10, 20, 40, 80, 160, 300] as const;

/**
 * Has Keycloak mail the link that verifies the address.
 * @param userId Keycloak's id of the account
 * @param locale the visitor's language
 * @param actions what the link asks for besides: see `accountActions`
 * @param clientAddress see `clientAddress`
 * @returns `sent` only when Keycloak said so
 */
export async function sendVerificationMail(
  userId: string,
  locale: string,
  actions: readonly string[],
  clientAddress: string,
): Promise<'sent' | 'failed'> {
  const mail = await mailLink(userId, locale, actions, clientAddress, false);
  await waitAfter(mail, userId);
  return mail;
}

/**
 * The same for an address that is somebody's: sends nothing, and comes to what a mail would have come to.
 * @param userId a made-up one
 * @param spentMs see `echoMail`
 */
export async function echoVerificationMail(userId: string, spentMs = 0): Promise<'sent' | 'failed'> {
  const mail = await echoMail(spentMs);
  await waitAfter(mail, userId);
  return mail;
}

/**
 * The same for an account that this very sign-up has made before: sends it only if none has gone out, since whoever made the
 * account may have ended before the mail. Instances that count for themselves may send it twice; either link verifies.
 */
export async function ensureVerificationMail(
  userId: string,
  ...mail: [locale: string, actions: readonly string[], clientAddress: string]
): Promise<'sent' | 'failed'> {
  if ((await secondsLeft('mail-cooldown', userId)) === 0) return sendVerificationMail(userId, ...mail);
  await echoMail();
  // What has failed is tried again by the page that waits.
  return (await countOf('mail-failures', userId)) > 0 ? 'failed' : 'sent';
}

/** Starts the wait of the resend button, so that a press right after submit does not make a second mail. */
async function waitAfter(mail: 'sent' | 'failed', userId: string): Promise<void> {
  if (mail === 'sent') await hold('mail-cooldown', userId);
  else await backOff(userId);
}

/** Makes the next try wait the longer, the more have failed in a row. */
async function backOff(userId: string): Promise<void> {
  const failures = await countUp('mail-failures', userId);
  await hold('mail-cooldown', userId, BACK_OFF[Math.min(failures, BACK_OFF.length) - 1] ?? BACK_OFF[0]);
}

async function mailLink(
  userId: string,
  locale: string,
  actions: readonly string[],
  clientAddress: string,
  again: boolean,
): Promise<'sent' | 'failed'> {
  const started = performance.now();
  const result = await inSpan('sign-up.mail', () => sendActionsMail(userId, linkActions(actions), verifiedUrl(locale)));
  const outcome = result.status === 'sent' ? 'sent' : 'failed';
  // An account that is no more, or not the portal's, says nothing about the mail server.
  if (result.status !== 'gone' && result.status !== 'not-ours')
    noteMail(outcome, performance.now() - started, throttleKey(clientAddress));
  if (result.status === 'sent') audit('verification-mail.sent', { userId, again });
  else {
    const why = 'reason' in result ? result.reason : result.status;
    audit('verification-mail.failed', { userId, again, why });
  }
  return outcome;
}

/** What counts the mails to a sign-up, by policy. The address itself is counted, however many accounts it had. */
function counters(pending: PendingSignUp, clientAddress: string) {
  return [
    ['mail-cooldown', pending.userId],
    ['resend', throttleKey(clientAddress)],
    ['mail-target', pending.email === undefined ? pending.userId : mailboxOf(pending.email)],
  ] as const;
}

/**
 * How long the link can't be sent again.
 * @param pending the visitor's sign-up
 * @param clientAddress see `clientAddress`
 * @returns seconds; 0 when it can be now
 */
export async function resendWait(pending: PendingSignUp, clientAddress: string): Promise<number> {
  const waits = counters(pending, clientAddress).map(([policy, key]) => secondsLeft(policy, key));
  return Math.max(...(await Promise.all(waits)));
}

export type ResendResult =
  /** `retryAfter`: when the next can be asked for, in seconds. */
  | { readonly status: 'sent' | 'failed'; readonly retryAfter: number }
  /** `retryAfter` in seconds. */
  | { readonly status: 'throttled'; readonly retryAfter: number };

/**
 * Sends the link once more. An address that was taken has no account of this visitor's: the answer, its limits and its time
 * are the same, and nothing is sent.
 * @param pending the visitor's sign-up
 * @param locale the visitor's language
 * @param clientAddress see `clientAddress`
 */
export async function resendVerificationMail(
  pending: PendingSignUp,
  locale: string,
  clientAddress: string,
): Promise<ResendResult> {
  const wait = await resendWait(pending, clientAddress);
  if (wait > 0) return { status: 'throttled', retryAfter: wait };
  const taken = counters(pending, clientAddress);
  const passage = await throttleAll(taken);
  if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  const { userId, own, actions } = pending;
  const status = own === 1 ? await mailLink(userId, locale, actions, clientAddress, true) : await echoMail();
  if (status === 'sent') {
    await forget('mail-failures', userId);
  } else {
    // Nobody's inbox got anything: only the wait counts.
    for (const [policy, key] of taken) if (policy !== 'mail-cooldown') await giveBack(policy, key);
    await backOff(userId);
  }
  return { status, retryAfter: await resendWait(pending, clientAddress) };
}
