import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmbeddedUnavailableView, EmbeddedView } from '@/components/pages/embedded-view';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import { providerViews } from '@/lib/i18n/provider-view';
import { signUpForm } from '@/lib/sign-up/form';
import { PREFILL } from '@/lib/sign-up/prefill';
import { ownField, readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { readFrame } from '../../frame';
import { formProps, providerAddress } from '../../sign-up/form-props';
import { resendEmbedded, submitEmbedded } from './actions';

interface EmbeddedPageProps {
  readonly params: Promise<{ readonly locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Where a frame's visitor goes on in the whole window. */
const CONTINUE_URL = '/api/embed/continue';

export async function generateMetadata({ params }: EmbeddedPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'signUp' });
  return { title: t('title') };
}

/** The sign-up for a frame of an application's page (`public/embed.js`): the same form, without the portal's own frame. */
export default async function EmbeddedSignUpPage({ params, searchParams }: EmbeddedPageProps) {
  const query = await searchParams;
  const request = await readSignUpRequest((name) => query[name]);
  const parameters = await signUpParameters(request);
  const prefill = query[PREFILL];
  const shown = { ...parameters, ...(typeof prefill === 'string' ? { [PREFILL]: prefill } : {}) };
  const here = `/embed/sign-up?${new URLSearchParams(shown)}`;
  const { locale, snapshot, links } = await readFrame((await params).locale, here);
  const { origins = [] } = clientConfig(request.clientId) ?? {};
  if (snapshot === undefined)
    return <EmbeddedUnavailableView locale={locale} address={`/${locale}${here}`} origins={origins} />;
  const asked = signUpForm(snapshot, request);
  const providers = await providerViews(asked.providers, locale);
  return (
    <EmbeddedView
      locale={locale}
      client={settingsFor(request.clientId).clientName}
      actions={asked.actions}
      isRenewed={RENEWED in query}
      providers={providers.map((one) => ({ ...one, href: providerAddress(one.alias, parameters, locale) }))}
      links={links}
      origins={origins}
      form={{
        ...(await formProps(asked, request, prefill, locale, 'frame')),
        renewed: renewedAddress(`/${locale}${here}`),
      }}
      submit={submitEmbedded}
      resend={resendEmbedded}
      pendingField={ownField('pending')}
      continueUrl={CONTINUE_URL}
      hidden={parameters}
    />
  );
}
