import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmbeddedProblem } from '@/components/embed/embedded-problem';
import { EmbeddedSignUp } from '@/components/embed/embedded-sign-up';
import type { WaitingLabels } from '@/components/embed/embedded-waiting';
import { Providers } from '@/components/sign-up/providers';
import { PageHeading } from '@/components/ui/page-heading';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import { providerViews } from '@/lib/i18n/provider-view';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { signUpForm } from '@/lib/sign-up/form';
import { PREFILL } from '@/lib/sign-up/prefill';
import { ownField, readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { readFrame } from '../../frame';
import { formProps } from '../../sign-up/form-props';
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

async function waitingLabels(locale: string): Promise<WaitingLabels> {
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const watch = await getTranslations({ locale, namespace: 'watch' });
  return {
    title: t('title'),
    failedTitle: t('failedTitle'),
    sent: t('sent'),
    failed: t('failed'),
    next: { password: t('next'), passkey: t('nextPasskey'), none: t('nextWithoutPassword') },
    phases: {
      waiting: watch('waiting'),
      confirmed: watch('confirmed'),
      verified: watch('verified'),
      gone: watch('gone'),
      tired: watch('tired'),
    },
    again: watch('start'),
    signIn: (await getTranslations({ locale, namespace: 'signUp' }))('signIn'),
    startOver: t('startOver'),
    resend: {
      resend: t('resend'),
      resending: t('resending'),
      wait: t('resendIn', { time: '{time}' }),
      retry: t('retryIn', { time: '{time}' }),
    },
  };
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
  const t = await getTranslations({ locale });
  const { origins = [] } = clientConfig(request.clientId) ?? {};
  const client = settingsFor(request.clientId).clientName;

  if (snapshot === undefined) {
    return (
      <main className="embed">
        <PageHeading title={t('unavailable.title')}>{t('unavailable.lead')}</PageHeading>
        <a href={`/${locale}${here}`} className="button">
          {t('common.tryAgain')}
        </a>
        <EmbeddedProblem origins={origins} />
      </main>
    );
  }
  const asked = signUpForm(snapshot, request);
  const { actions } = asked;
  const providers = await providerViews(asked.providers, locale);
  const heading = (
    <>
      <PageHeading title={client === undefined ? t('signUp.title') : t('signUp.titleFor', { client })}>
        <p className="text-base">
          {actions.includes('UPDATE_PASSWORD') ? `${t('signUp.passwordLater')} ` : null}
          {actions.includes(PASSKEY_ACTION) ? `${t('signUp.passkeyLater')} ` : null}
          {t('signUp.requiredNote')}
        </p>
      </PageHeading>
      {RENEWED in query ? (
        <p role="alert" className="mb-8 rounded-brand border border-line bg-page px-5 py-4 font-medium">
          {t('problems.renewed')}
        </p>
      ) : null}
      {providers.length === 0 ? null : (
        <Providers
          title={t('signUp.providers')}
          divider={t('signUp.orForm')}
          target="_top"
          providers={providers.map(({ alias, kind, name }) => ({
            alias,
            kind,
            label: t('signUp.continueWith', { provider: name }),
            href: `/api/sign-in/${encodeURIComponent(alias)}?${new URLSearchParams({ ...parameters, locale })}`,
          }))}
        />
      )}
    </>
  );
  return (
    <main className="embed">
      <EmbeddedSignUp
        origins={origins}
        form={{
          ...(await formProps(asked, request, prefill, locale)),
          renewed: renewedAddress(`/${locale}${here}`),
          // The page around the frame decides about its language.
          languages: [],
        }}
        action={submitEmbedded}
        resend={resendEmbedded}
        pendingField={ownField('pending')}
        continueUrl={CONTINUE_URL}
        labels={await waitingLabels(locale)}
        heading={heading}
      >
        <form
          method="post"
          action={CONTINUE_URL}
          target="_top"
          className="mt-4 flex flex-wrap items-center gap-x-2 text-muted"
        >
          {Object.entries({ ...parameters, locale }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {t('signUp.haveAccount')}
          <button
            type="submit"
            className="min-h-11 cursor-pointer font-medium text-accent underline underline-offset-4"
          >
            {t('signUp.signIn')}
          </button>
        </form>
        {links.privacy === undefined && links.terms === undefined ? null : (
          <p className="mt-2 flex gap-6 text-sm">
            {links.privacy === undefined ? null : (
              <a href={links.privacy} target="_blank" rel="noopener">
                {t('common.privacy')}
              </a>
            )}
            {links.terms === undefined ? null : (
              <a href={links.terms} target="_blank" rel="noopener">
                {t('common.terms')}
              </a>
            )}
          </p>
        )}
      </EmbeddedSignUp>
    </main>
  );
}
