import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

interface SignInViewProps {
  readonly frame: FrameView;
  readonly signIn: (form: FormData) => Promise<void>;
  /** What the action must know about who sent the visitor, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly signUpUrl: string;
}

/** Where "you already have an account" leads. */
export async function SignInView({ frame, signIn, hidden, signUpUrl }: SignInViewProps) {
  const t = await getTranslations({ locale: frame.locale, namespace: 'signIn' });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <SignInForm action={signIn} locale={frame.locale} hidden={hidden} label={t('submit')} />
      <p className="mt-6">
        {t('noAccount')} <a href={signUpUrl}>{t('signUp')}</a>
      </p>
    </Shell>
  );
}
