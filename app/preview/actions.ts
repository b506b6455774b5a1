'use server';

import { redirect } from 'next/navigation';
import type { EmbeddedAnswer } from '@/components/embed/embedded-sign-up';
import type { AddressState } from '@/components/journey/address-form';
import type { ResendState } from '@/components/journey/resend-form';
import { beginSignIn } from '@/lib/auth/session';
import { localeOf } from '@/lib/i18n/locales';
import { formOf, nextAttempt } from '@/lib/posted';

/** Leads through Keycloak's sign-in and back to the preview. */
export async function signInToPreview(sent: FormData): Promise<void> {
  redirect((await beginSignIn(localeOf(formOf(sent).get('locale')), {}, 'preview')) ?? '/preview?failed');
}

/** Forms of states lead nowhere: what is sent is not looked at. */
export async function stay(): Promise<void> {}

/** The answer that a state's form gets, which is the state's own; it comes and goes with the page and is nobody's secret. */
export async function answerForm(answer: EmbeddedAnswer): Promise<EmbeddedAnswer> {
  return { ...answer, attempt: nextAttempt(answer) };
}

export async function answerResend(answer: ResendState): Promise<ResendState> {
  return { ...answer };
}

export async function answerAddress(answer: AddressState): Promise<AddressState> {
  return { ...answer };
}
