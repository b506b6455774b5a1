import 'server-only';
import { env } from '@/lib/env';
import { throttleKey } from '@/lib/guards/client-address';
import { countUp, forget, giveBack, hold, secondsLeft, throttle } from '@/lib/guards/throttle';
import { sendActionsMail } from '@/lib/keycloak/users';
import { processWide } from '@/lib/process-wide';
import { log } from '@/lib/telemetry/log';
import { linkActions } from './actions';
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

/** How long Keycloak took over a mail, until one has been sent, and at most, in milliseconds. */
const USUAL_MS = 150;
const LONGEST_MS = 3_000;

/** How long the last mails took, oldest first. */
const durations = () => processWide<number[]>('mail-durations', () => []);
const MOST_DURATIONS = 9;

/**
 * Has Keycloak mail the link that verifies the address.
 * @param userId Keycloak's id of the account
 * @param locale the visitor's language
 * @param actions what the link asks for besides: see `accountActions`
 * @returns `sent` only when Keycloak said so
 */
export async function sendVerificationMail(
  userId: string,
  locale: string,
  actions: readonly string[],
): Promise<'sent' | 'failed'> {
  const mail = await mailLink(userId, locale, actions);
  if (mail === 'sent') await startMailCooldown(userId);
  else await backOff(userId);
  return mail;
}

/**
 * Starts the cooldown of the resend button, so that a press right after submit does not make a second mail.
 * @param userId of the account, or the made-up one of a taken address, which must wait just as long
 */
export async function startMailCooldown(userId: string): Promise<void> {
  await hold('mail-cooldown', userId);
}

/** Makes the next try wait the longer, the more have failed in a row. */
async function backOff(userId: string): Promise<void> {
  const failures = await countUp('mail-failures', userId);
  await hold('mail-cooldown', userId, BACK_OFF[Math.min(failures, BACK_OFF.length) - 1] ?? BACK_OFF[0]);
}

async function mailLink(userId: string, locale: string, actions: readonly string[]): Promise<'sent' | 'failed'> {
  const started = performance.now();
  const result = await sendActionsMail(userId, linkActions(actions), verifiedUrl(locale));
  if (result.status === 'sent') {
    durations().push(performance.now() - started);
    if (durations().length > MOST_DURATIONS) durations().shift();
    return 'sent';
  }
  log('warn', 'verification-mail.failed', { userId, why: 'reason' in result ? result.reason : result.status });
  return 'failed';
}

/** Sends nothing and takes as long as the last mails did, so that a taken address can't be told by its haste. */
export async function pretendMail(): Promise<'sent' | 'failed'> {
  const sorted = durations().toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? USUAL_MS;
  await new Promise((resolve) => setTimeout(resolve, Math.min(median, LONGEST_MS)));
  return 'sent';
}

/** What counts the mails to a sign-up, by policy. The address itself is counted, however many accounts it had. */
function counters(pending: PendingSignUp, clientAddress: string) {
  return [
    ['mail-cooldown', pending.userId],
    ['resend', throttleKey(clientAddress)],
    ['mail-target', pending.email?.toLowerCase() ?? pending.userId],
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
  for (const [policy, key] of taken) {
    const passage = await throttle(policy, key);
    if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  }
  const { userId, own, actions } = pending;
  const status = own === 1 ? await mailLink(userId, locale, actions) : await pretendMail();
  if (status === 'sent') {
    await forget('mail-failures', userId);
  } else {
    // Nobody's inbox got anything: only the wait counts.
    for (const [policy, key] of taken) if (policy !== 'mail-cooldown') await giveBack(policy, key);
    await backOff(userId);
  }
  return { status, retryAfter: await resendWait(pending, clientAddress) };
}
