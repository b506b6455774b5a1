import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { Providers } from '@/components/sign-up/providers';
import { SignUpForm } from '@/components/sign-up/sign-up-form';
import { PageHeading } from '@/components/ui/page-heading';
import { settingsFor } from '@/lib/brand/config';
import { LOCALE_NAMES } from '@/lib/i18n/locales';
import { providerViews } from '@/lib/i18n/provider-view';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { signUpForm } from '@/lib/sign-up/form';
import { PREFILL } from '@/lib/sign-up/prefill';
import { readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { readFrame } from '../frame';
import { startSignInInstead } from '../sign-in-actions';
import { submitSignUp } from './actions';
import { formProps } from './form-props';

interface SignUpPageProps {
  readonly params: Promise<{ readonly locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: SignUpPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'signUp' });
  return { title: t('title') };
}

export default async function SignUpPage({ params, searchParams }: SignUpPageProps) {
  const query = await searchParams;
  const request = await readSignUpRequest((name) => query[name]);
  const parameters = await signUpParameters(request);
  const prefill = query[PREFILL];
  // In another language, or loaded anew, the page still knows what it was told of the visitor.
  const shown = { ...parameters, ...(typeof prefill === 'string' ? { [PREFILL]: prefill } : {}) };
  const search = new URLSearchParams(shown).toString();
  const here = `/sign-up${search === '' ? '' : `?${search}`}`;
  const frame = await readFrame((await params).locale, here);
  const { locale, snapshot } = frame;
  const t = await getTranslations({ locale });

  if (snapshot === undefined) {
    return (
      <Shell {...frame} here={here}>
        <PageHeading title={t('unavailable.title')}>{t('unavailable.lead')}</PageHeading>
        <a href={`/${locale}${here}`} className="button">
          {t('common.tryAgain')}
        </a>
      </Shell>
    );
  }

  const asked = signUpForm(snapshot, request);
  const { actions } = asked;
  const providers = await providerViews(asked.providers, locale);
  const client = settingsFor(request.clientId).clientName;
  return (
    <Shell {...frame} here={here} step="details">
      <PageHeading title={client === undefined ? t('signUp.title') : t('signUp.titleFor', { client })}>
        <p>{t('signUp.lead')}</p>
        <p className="mt-1 text-base">
          {actions.includes('UPDATE_PASSWORD') ? `${t('signUp.passwordLater')} ` : null}
          {actions.includes(PASSKEY_ACTION) ? `${t('signUp.passkeyLater')} ` : null}
          {t('signUp.requiredNote')}
        </p>
      </PageHeading>
      {RENEWED in query ? (
        <p role="alert" className="mb-8 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {t('problems.renewed')}
        </p>
      ) : null}
      {providers.length === 0 ? null : (
        <Providers
          title={t('signUp.providers')}
          divider={t('signUp.orForm')}
          providers={providers.map(({ alias, kind, name }) => ({
            alias,
            kind,
            label: t('signUp.continueWith', { provider: name }),
            href: `/api/sign-in/${encodeURIComponent(alias)}?${new URLSearchParams({ ...parameters, locale })}`,
          }))}
        />
      )}
      <SignUpForm
        {...(await formProps(asked, request, prefill, locale))}
        action={submitSignUp}
        renewed={renewedAddress(`/${locale}${here}`)}
        languages={frame.locales
          .filter((one) => one !== locale)
          .map((one) => ({ locale: one, name: LOCALE_NAMES[one], address: `/${one}${here}` }))}
      />
      <SignInInstead
        action={startSignInInstead}
        hidden={{ ...parameters, locale }}
        question={t('signUp.haveAccount')}
        label={t('signUp.signIn')}
      />
    </Shell>
  );
}
