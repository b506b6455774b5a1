import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AnonymousView, WelcomeView } from '@/components/pages/welcome-view';
import { signedIn } from '@/lib/auth/session';
import { settingsFor } from '@/lib/brand/config';
import { checkRedirectTarget } from '@/lib/keycloak/redirect-target';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { returnAddress } from '@/lib/sign-up/request';
import { termsDue } from '@/lib/sign-up/terms-due';
import { readFrame } from '../frame';
import type { LocaleParams } from '../layout';
import { endSignIn, startSignIn } from '../sign-in-actions';

/** Goes on to the application that sent the visitor with an authorization request. */
const HAND_OVER = '/api/sign-up/hand-over';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'steps' });
  return { title: t('done') };
}

export default async function WelcomePage({ params }: LocaleParams) {
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, '/welcome');
  const { locale } = frame;
  const person = await signedIn();
  if (person === undefined)
    return <AnonymousView frame={frame} signIn={startSignIn} signUpUrl={`/${locale}/sign-up`} />;

  const { clientId, redirectUri, state, authorization } = pending ?? {};
  if ((await termsDue(person.id, clientId, locale)) !== undefined) redirect(`/${locale}/terms`);
  const target =
    clientId === undefined || redirectUri === undefined ? 'refused' : await checkRedirectTarget(clientId, redirectUri);
  const { clientName: client, afterSignUp } = settingsFor(clientId);
  const offered = target === 'allowed' && redirectUri !== undefined ? returnAddress(redirectUri, state) : afterSignUp;
  // Another account may have been signed in at Keycloak: then the visitor says whether to go on as that one.
  const isOwn = pending?.email === undefined || pending.email.toLowerCase() === person.email.toLowerCase();
  return (
    <WelcomeView
      frame={frame}
      person={person}
      client={client}
      address={authorization === undefined ? offered : HAND_OVER}
      isUnchecked={target === 'unknown'}
      handOver={authorization !== undefined && isOwn ? HAND_OVER : undefined}
      signOut={endSignIn}
    />
  );
}
