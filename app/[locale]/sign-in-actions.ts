'use server';

import { redirect } from 'next/navigation';
import { beginSignIn, signOut } from '@/lib/auth/session';
import { isLocale } from '@/lib/i18n/locales';
import { forgetPendingSignUp, readPendingSignUp } from '@/lib/sign-up/pending';

function localeOf(form: FormData): string {
  const locale = form.get('locale');
  return typeof locale === 'string' && isLocale(locale) ? locale : 'en';
}

/** Sends the visitor to Keycloak's sign-in page, with the address of their sign-up filled in. */
export async function startSignIn(form: FormData): Promise<void> {
  const locale = localeOf(form);
  const pending = await readPendingSignUp();
  const target = await beginSignIn(locale, pending?.email);
  redirect(target ?? `/${locale}/sign-in-problem?error=Unavailable`);
}

/** Ends the portal's session and Keycloak's. */
export async function endSignIn(form: FormData): Promise<void> {
  const locale = localeOf(form);
  const ended = await signOut();
  await forgetPendingSignUp();
  redirect(`/${locale}/signed-out${ended ? '' : '?partly'}`);
}
