'use server';

import { redirect } from 'next/navigation';
import type { SignUpState } from '@/components/sign-up/state';
import { formOf } from '@/lib/posted';
import { readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { submit } from './submit';

/** The form's action: a sign-up is remembered in this browser and leads on; anything else is said on the page. */
export async function submitSignUp(state: SignUpState, sent: FormData): Promise<SignUpState> {
  const { locale, answer, pending } = await submit(state, formOf(sent), await readPendingSignUp(), 'page');
  if (pending === undefined) return answer;
  await writePendingSignUp(pending);
  redirect(`/${locale}/sign-up/check-email`);
}
