import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

interface SignedOutViewProps {
  readonly frame: FrameView;
  /** Keycloak could not end its part of the session. */
  readonly isPartly: boolean;
  readonly signIn: (form: FormData) => Promise<void>;
}

/** The end of a session. */
export async function SignedOutView({ frame, isPartly, signIn }: SignedOutViewProps) {
  const t = await getTranslations({ locale: frame.locale, namespace: 'signedOut' });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('title')}>{t(isPartly ? 'partly' : 'lead')}</PageHeading>
      <SignInForm action={signIn} locale={frame.locale} label={t('signIn')} />
    </Shell>
  );
}
