import 'server-only';
import { cookies, headers } from 'next/headers';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/guards/client-address';
import { localeOf } from '@/lib/i18n/locales';
import { LOCALE_COOKIE } from '@/lib/i18n/routing';
import { readPendingSignUp, writePendingSignUp } from './pending';
import { resendVerificationMail } from './verification-mail';

/**
 * Helps on whoever has signed in with an address that nobody has verified, in a realm that does not insist: with an account
 * at an identity provider that does not vouch for the address, say. The link is sent, within the limits of resending, and
 * this browser remembers the account as its own, so that "check your e-mail" can send it again. Only in a route handler.
 * @param userId `sub` of an ID token that was just validated
 * @param email the token's claim
 */
export async function askForVerification(userId: string, email: string): Promise<void> {
  const { clientId, redirectUri, scope, state, authorization } = (await readPendingSignUp()) ?? {};
  const locale = localeOf((await cookies()).get(LOCALE_COOKIE)?.value);
  const address = clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
  const request = { clientId, redirectUri, scope, state, authorization };
  const pending = { ...request, email, userId, own: 1, mail: 'sent', actions: [] } as const;
  const { status } = await resendVerificationMail(pending, locale, address);
  // Where a limit holds, a mail was sent a moment ago.
  await writePendingSignUp({ ...pending, mail: status === 'failed' ? 'failed' : 'sent' });
}
