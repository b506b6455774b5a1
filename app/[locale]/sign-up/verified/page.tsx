import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { ContinueByItself } from '@/components/journey/continue-by-itself';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { signUpStatus } from '@/lib/sign-up/status';
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
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'verified' });
  // Undefined on another device than the one that the sign-up began on, and where Keycloak can't be asked.
  const status = pending?.email === undefined ? undefined : await signUpStatus(pending, true);

  if (pending !== undefined && status === 'gone') {
    const again = new URLSearchParams(await signUpParameters(pending)).toString();
    return (
      <Shell {...frame} here={here}>
        <PageHeading title={t('goneTitle')}>{t('goneLead')}</PageHeading>
        <div className="flex flex-wrap gap-3">
          <a href={`/${locale}/sign-up${again === '' ? '' : `?${again}`}`} className="button">
            {t('goneAction')}
          </a>
          <SignInForm action={startSignIn} locale={locale} label={t('signIn')} quiet />
        </div>
      </Shell>
    );
  }
  if (status === 'pending' || status === 'confirmed') {
    return (
      <Shell {...frame} here={here} step="verify">
        <PageHeading title={t(status === 'pending' ? 'pendingTitle' : 'title')}>
          {t(status === 'pending' ? 'pendingLead' : 'confirmedLead')}
        </PageHeading>
        <div className="flex flex-wrap gap-3">
          <a href={`/${locale}/sign-up/check-email`} className="button">
            {t('pendingAction')}
          </a>
          <SignInForm action={startSignIn} locale={locale} label={t('signIn')} quiet />
        </div>
      </Shell>
    );
  }
  const isVerified = status === 'verified';
  return (
    <Shell {...frame} here={here} step="done">
      <PageHeading title={isVerified ? t('title') : t('elsewhereTitle')}>
        {isVerified ? t('lead') : t('elsewhereLead')}
      </PageHeading>
      <SignInForm id={FORM_ID} action={startSignIn} locale={locale} label={t('signIn')} />
      {isVerified ? (
        <p role="status" className="scripted mt-4 text-muted">
          {t('continuing')}
          <ContinueByItself formId={FORM_ID} />
        </p>
      ) : null}
    </Shell>
  );
}
