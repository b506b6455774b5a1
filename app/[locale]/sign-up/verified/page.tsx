import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { ContinueByItself } from '@/components/journey/continue-by-itself';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
import { isEmailVerified } from '@/lib/keycloak/users';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { readFrame } from '../../frame';
import type { LocaleParams } from '../../layout';
import { startSignIn } from '../../sign-in-actions';

const FORM_ID = 'sign-in';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'verified' });
  return { title: t('title') };
}

/** Where Keycloak's last page leads. Whether the address is verified is Keycloak's word, not the visit's. */
export default async function VerifiedPage({ params }: LocaleParams) {
  const here = '/sign-up/verified';
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, here, pending?.clientId);
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'verified' });
  const isKnown = pending?.email !== undefined;
  // A made-up id has no account, so it reads as "can't be told", like a Keycloak that can't be asked.
  const verified = isKnown && pending.own === 1 ? await isEmailVerified(pending.userId) : undefined;

  if (isKnown && (verified === false || pending.own === 0)) {
    return (
      <Shell {...frame} here={here} step="verify">
        <PageHeading title={t('pendingTitle')}>{t('pendingLead')}</PageHeading>
        <div className="flex flex-wrap gap-3">
          <a href={`/${locale}/sign-up/check-email`} className="button">
            {t('pendingAction')}
          </a>
          <SignInForm action={startSignIn} locale={locale} label={t('signIn')} quiet />
        </div>
      </Shell>
    );
  }
  return (
    <Shell {...frame} here={here} step="done">
      <PageHeading title={verified ? t('title') : t('elsewhereTitle')}>
        {verified ? t('lead') : t('elsewhereLead')}
      </PageHeading>
      <SignInForm id={FORM_ID} action={startSignIn} locale={locale} label={t('signIn')} />
      {verified ? (
        <p role="status" className="scripted mt-4 text-muted">
          {t('continuing')}
          <ContinueByItself formId={FORM_ID} />
        </p>
      ) : null}
    </Shell>
  );
}
