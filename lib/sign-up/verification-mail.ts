import 'server-only';
import { env } from '@/lib/env';
import { throttleKey } from '@/lib/guards/client-address';
import { throttle } from '@/lib/guards/throttle';
import { sendActionsMail } from '@/lib/keycloak/users';
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
  return mail;
}

/**
 * Starts the cooldown of the resend button, so that a press right after submit does not make a second mail.
 * @param userId of the account, or the made-up one of a taken address, which must wait just as long
 */
export async function startMailCooldown(userId: string): Promise<void> {
  await throttle('mail-cooldown', userId);
  await throttle('mail-target', userId);
}

async function mailLink(userId: string, locale: string, actions: readonly string[]): Promise<'sent' | 'failed'> {
  const result = await sendActionsMail(userId, linkActions(actions), verifiedUrl(locale));
  if (result.status === 'sent') return 'sent';
  log('warn', 'verification-mail.failed', { userId, why: 'reason' in result ? result.reason : result.status });
  return 'failed';
}

export type ResendResult =
  | { readonly status: 'sent' | 'failed' }
  /** `retryAfter` in seconds. */
  | { readonly status: 'throttled'; readonly retryAfter: number };

/**
 * Sends the link once more. An address that was taken has no account of this visitor's: the answer, and its limits, are
 * the same, and nothing is sent.
 * @param pending the visitor's sign-up
 * @param locale the visitor's language
 * @param clientAddress see `clientAddress`
 */
export async function resendVerificationMail(
  pending: PendingSignUp,
  locale: string,
  clientAddress: string,
): Promise<ResendResult> {
  for (const [policy, key] of [
    ['mail-cooldown', pending.userId],
    ['resend', throttleKey(clientAddress)],
    ['mail-target', pending.userId],
  ] as const) {
    const passage = await throttle(policy, key);
    if (!passage.passed) return { status: 'throttled', retryAfter: passage.retryAfter };
  }
  if (pending.own === 0) return { status: 'sent' };
  return { status: await mailLink(pending.userId, locale, pending.actions) };
}
