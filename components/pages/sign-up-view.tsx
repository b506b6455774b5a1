import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { type FrameView, Shell } from '@/components/brand/shell';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { Providers } from '@/components/sign-up/providers';
import { SignUpForm } from '@/components/sign-up/sign-up-form';
import { LOCALE_NAMES } from '@/lib/i18n/locales';
import { FormHeading, type OfferedProvider, providerLinks } from './form-heading';

interface SignUpViewProps {
  readonly frame: FrameView;
  /** What the client is called, if it is known. */
  readonly client: string | undefined;
  /** What the mailed link will ask for, by the ids of Keycloak's required actions. */
  readonly actions: readonly string[];
  /** An older build's page was sent, and this one stands in its place. */
  readonly isRenewed: boolean;
  readonly providers: readonly OfferedProvider[];
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
      <FormHeading locale={locale} client={client} actions={actions} lead={t('signUp.lead')} />
      {isRenewed ? (
        <p role="alert" className="mb-8 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {t('problems.renewed')}
        </p>
      ) : null}
      {providers.length === 0 ? null : (
        <Providers
          title={t('signUp.providers')}
          divider={t('signUp.orForm')}
          providers={await providerLinks(providers, locale)}
        />
      )}
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
