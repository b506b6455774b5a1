import { getTranslations } from 'next-intl/server';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

interface SignInToPreviewProps {
  readonly locale: string;
  /** Keycloak could not be reached. */
  readonly hasFailed: boolean;
  readonly signIn: (form: FormData) => Promise<void>;
}

/** The door of the preview, for whoever is not signed in. */
export async function SignInToPreview({ locale, hasFailed, signIn }: SignInToPreviewProps) {
  const t = await getTranslations({ locale, namespace: 'preview' });
  return (
    <main className="mx-auto max-w-2xl px-5 py-16 sm:px-8">
      <PageHeading title={t('title')}>{t('signInLead')}</PageHeading>
      {hasFailed ? (
        <p role="alert" className="mb-6 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {t('signInFailed')}
        </p>
      ) : null}
      <SignInForm action={signIn} locale={locale} label={t('signIn')} />
    </main>
  );
}
