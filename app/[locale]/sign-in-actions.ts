'use server';

import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { beginSignIn, signOut } from '@/lib/auth/session';
import { localeOf } from '@/lib/i18n/locales';
import { formOf } from '@/lib/posted';
import type { SignUpRequest } from '@/lib/sign-up/form';
import { forgetPendingSignUp, type PendingSignUp, readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { readSignUpRequest } from '@/lib/sign-up/request';

/** Sends the visitor to Keycloak's sign-in page, with the address of their sign-up filled in. */
export async function startSignIn(sent: FormData): Promise<void> {
  const form = formOf(sent);
  const pending = await readPendingSignUp();
  await goToKeycloak(localeOf(form.get('locale')), pending?.email);
}

/**
 * The same for someone who has an account and comes from the form: remembers where they want to go, and fills nothing in,
 * since whoever signed up in this browser before may be somebody else.
 */
export async function startSignInInstead(sent: FormData): Promise<void> {
  const form = formOf(sent);
  const request = await readSignUpRequest((name) => form.get(name));
  await writePendingSignUp(onlyWhereTo(request));
  await goToKeycloak(localeOf(form.get('locale')), undefined);
}

/** A sign-up of nobody's, which only remembers who sent the visitor and where they want to go. */
function onlyWhereTo({ clientId, redirectUri, scope, state, authorization }: SignUpRequest): PendingSignUp {
  return {
    clientId,
    redirectUri,
    scope,
    state,
    authorization,
    userId: randomUUID(),
    own: 0,
    mail: 'sent',
    actions: [],
  };
}

async function goToKeycloak(locale: string, loginHint: string | undefined): Promise<never> {
  const target = await beginSignIn(locale, { loginHint });
  redirect(target ?? `/${locale}/sign-in-problem?error=Unavailable`);
}

/** Ends the portal's session and Keycloak's. */
export async function endSignIn(sent: FormData): Promise<void> {
  const locale = localeOf(formOf(sent).get('locale'));
  const pending = await readPendingSignUp();
  const ended = await signOut();
  // The pages stay the client's, and whoever signs in again gets where they wanted to go.
  if (pending?.clientId === undefined) await forgetPendingSignUp();
  else await writePendingSignUp(onlyWhereTo(pending));
  redirect(`/${locale}/signed-out${ended ? '' : '?partly'}`);
}
