import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignUpView } from '@/components/pages/sign-up-view';
import { UnavailableView } from '@/components/pages/unavailable-view';
import { settingsFor } from '@/lib/brand/config';
import { providerViews } from '@/lib/i18n/provider-view';
import { signUpForm } from '@/lib/sign-up/form';
import { PREFILL } from '@/lib/sign-up/prefill';
import { readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { readFrame } from '../frame';
import { startSignInInstead } from '../sign-in-actions';
import { submitSignUp } from './actions';
import { formProps, providerAddress } from './form-props';

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
  const { locale, snapshot, ...view } = frame;
  if (snapshot === undefined) return <UnavailableView frame={frame} />;
  const asked = signUpForm(snapshot, request);
  const providers = await providerViews(asked.providers, locale);
  return (
    <SignUpView
      frame={{ locale, ...view }}
      client={settingsFor(request.clientId).clientName}
      actions={asked.actions}
      isRenewed={RENEWED in query}
      providers={providers.map((one) => ({ ...one, href: providerAddress(one.alias, parameters, locale) }))}
      form={{
        ...(await formProps(asked, request, prefill, locale, 'page')),
        action: submitSignUp,
        renewed: renewedAddress(`/${locale}${here}`),
      }}
      signIn={startSignInInstead}
      hidden={parameters}
    />
  );
}
