import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
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
  const here = '/welcome';
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  const t = await getTranslations({ locale });
  const person = await signedIn();

  if (person === undefined) {
    return (
      <Shell {...frame} here={here}>
        <PageHeading title={t('welcome.anonymousTitle')}>{t('welcome.anonymousLead')}</PageHeading>
        <div className="flex flex-wrap gap-3">
          <SignInForm action={startSignIn} locale={locale} label={t('verified.signIn')} />
          <a href={`/${locale}/sign-up`} className="button button-quiet">
            {t('welcome.createAccount')}
          </a>
        </div>
      </Shell>
    );
  }

  const { clientId, redirectUri, state, authorization } = pending ?? {};
  if ((await termsDue(person.id, clientId, locale)) !== undefined) redirect(`/${locale}/terms`);
  const target =
    clientId === undefined || redirectUri === undefined ? 'refused' : await checkRedirectTarget(clientId, redirectUri);
  const { clientName: client, afterSignUp } = settingsFor(clientId);
  const offered = target === 'allowed' && redirectUri !== undefined ? returnAddress(redirectUri, state) : afterSignUp;
  const address = authorization === undefined ? offered : HAND_OVER;
  // Another account may have been signed in at Keycloak: then the visitor says whether to go on as that one.
  const isOwn = pending?.email === undefined || pending.email.toLowerCase() === person.email.toLowerCase();
  return (
    <Shell {...frame} here={here} step="done">
      <PageHeading title={t('welcome.title', { name: person.name })}>
        <p>{t('welcome.lead')}</p>
        {/* A page and not a redirect: browsers hold a form's redirects, however many, against its policy (form-action). */}
        {authorization !== undefined && isOwn ? <meta httpEquiv="refresh" content={`0;url=${HAND_OVER}`} /> : null}
        <p className="mt-2 text-base">
          {t('welcome.account')} <bdi className="font-medium text-ink">{person.email}</bdi>
        </p>
      </PageHeading>
      {target === 'unknown' ? <p className="mb-6">{t('welcome.unchecked')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {address !== undefined && target !== 'unknown' ? (
          <a href={address} className="button">
            {client === undefined ? t('welcome.continue') : t('welcome.continueTo', { client })}
          </a>
        ) : null}
        <SignInForm action={endSignIn} locale={locale} label={t('common.signOut')} quiet />
      </div>
    </Shell>
  );
}
