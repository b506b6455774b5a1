import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { SignUpForm } from '@/components/sign-up/sign-up-form';
import { LOCALE_NAMES } from '@/lib/i18n/locales';
import { FormHeading, type FormHeadingProps } from './form-heading';

interface SignUpViewProps extends Pick<FormHeadingProps, 'client' | 'actions' | 'isRenewed' | 'providers'> {
  readonly frame: FrameView;
  readonly form: Omit<ComponentProps<typeof SignUpForm>, 'languages'>;
  readonly signIn: (form: FormData) => Promise<void>;
  /** What that action must know about who sent the visitor, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** The page with the form. */
export async function SignUpView(props: SignUpViewProps) {
  const { frame, client, actions, isRenewed, providers, form, signIn, hidden } = props;
  const { locale, locales, addressIn } = frame;
  const t = await getTranslations({ locale });
  return (
    <Shell frame={frame} step="details">
      <FormHeading locale={locale} client={client} actions={actions} isRenewed={isRenewed} providers={providers} />
      <SignUpForm
        {...form}
        languages={locales
          .filter((one) => one !== locale)
          .map((one) => ({ locale: one, name: LOCALE_NAMES[one], address: addressIn(one) }))}
      />
      <SignInInstead
        action={signIn}
        hidden={{ ...hidden, locale }}
        question={t('signUp.haveAccount')}
        label={t('signUp.signIn')}
      />
    </Shell>
  );
}
