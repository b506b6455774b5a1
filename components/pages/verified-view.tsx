import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { ContinueByItself } from '@/components/journey/continue-by-itself';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

const FORM_ID = 'sign-in';

interface VerifiedViewProps {
  readonly frame: FrameView;
  /** How far the sign-up has come; undefined where nobody can tell, as on another device. */
  readonly status: 'pending' | 'confirmed' | 'verified' | 'gone' | undefined;
  readonly signIn: (form: FormData) => Promise<void>;
  readonly signUpUrl: string;
  readonly checkEmailUrl: string;
  /** False where the page is only looked at: it then stays. */
  readonly goesOn?: boolean;
}

/** Where Keycloak's last page leads. */
export async function VerifiedView(props: VerifiedViewProps) {
  const { frame, status, signIn, signUpUrl, checkEmailUrl, goesOn = true } = props;
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'verified' });
  if (status === 'gone') {
    return (
      <Shell frame={frame}>
        <PageHeading title={t('goneTitle')}>{t('goneLead')}</PageHeading>
        <div className="flex flex-wrap gap-3">
          <a href={signUpUrl} className="button">
            {t('goneAction')}
          </a>
          <SignInForm action={signIn} locale={locale} label={t('signIn')} quiet />
        </div>
      </Shell>
    );
  }
  if (status === 'pending' || status === 'confirmed') {
    return (
      <Shell frame={frame} step="verify">
        <PageHeading title={t(status === 'pending' ? 'pendingTitle' : 'title')}>
          {t(status === 'pending' ? 'pendingLead' : 'confirmedLead')}
        </PageHeading>
        <div className="flex flex-wrap gap-3">
          <a href={checkEmailUrl} className="button">
            {t('pendingAction')}
          </a>
          <SignInForm action={signIn} locale={locale} label={t('signIn')} quiet />
        </div>
      </Shell>
    );
  }
  const isVerified = status === 'verified';
  return (
    <Shell frame={frame} step="done">
      <PageHeading title={isVerified ? t('title') : t('elsewhereTitle')}>
        {isVerified ? t('lead') : t('elsewhereLead')}
      </PageHeading>
      <SignInForm id={FORM_ID} action={signIn} locale={locale} label={t('signIn')} />
      {isVerified ? (
        <p role="status" className="scripted mt-4 text-muted">
          {t('continuing')}
          {goesOn ? <ContinueByItself formId={FORM_ID} /> : null}
        </p>
      ) : null}
    </Shell>
  );
}
