'use server';

import { redirect } from 'next/navigation';
import { signedIn } from '@/lib/auth/session';
import { localeOf } from '@/lib/i18n/locales';
import { formOf } from '@/lib/posted';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { acceptTerms } from '@/lib/sign-up/terms-due';

/** Keeps that the person who is signed in accepts the terms that the page showed, and lets them go on. */
export async function accept(sent: FormData): Promise<void> {
  const form = formOf(sent);
  const locale = localeOf(form.get('locale'));
  const person = await signedIn();
  if (person === undefined) redirect(`/${locale}/welcome`);
  const outcome = await acceptTerms(person.id, (await readPendingSignUp())?.clientId, locale, form.get('terms'));
  redirect(outcome === 'accepted' ? `/${locale}/welcome` : `/${locale}/terms?${outcome}`);
}
