'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { SignUpState } from '@/components/sign-up/state';
import { noteAction } from '@/lib/form-calls/known';
import { onwards } from '@/lib/form-calls/wire';
import { formOf } from '@/lib/posted';
import { readPendingSignUp, writePendingSignUp, writePendingSignUpAside } from '@/lib/sign-up/pending';
import { submit } from './submit';

/** The form's action: a sign-up is remembered in this browser and leads on; anything else is said on the page. */
export async function submitSignUp(state: SignUpState, sent: FormData): Promise<SignUpState> {
  const called = (await headers()).get('next-action');
  noteAction(called);
  const { locale, answer, pending } = await submit(state, formOf(sent), await readPendingSignUp(), 'page');
  if (pending === undefined) return answer;
  const answered = onwards(locale);
  if (called === null) {
    await writePendingSignUp(pending);
    redirect(answered.next);
  }
  // For a redirect Next asks itself for the next page, over HTTP, renders it and sends it along, which costs more than the
  // sign-up. A script goes there by itself.
  await writePendingSignUpAside(pending);
  return answered;
}
