import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { EmbeddedProblem } from '@/components/embed/embedded-problem';
import { EmbeddedSignUp } from '@/components/embed/embedded-sign-up';
import type { SentSignUp, WaitingLabels } from '@/components/embed/embedded-waiting';
import { PageHeading } from '@/components/ui/page-heading';
import type { LinksView } from '@/lib/brand/view';
import { FormHeading, type FormHeadingProps } from './form-heading';
import { resendLabels } from './resend-labels';

interface EmbeddedUnavailableViewProps {
  readonly locale: string;
  readonly address: string;
  readonly origins: readonly string[];
}

/** The realm has never been readable: there is no form to show in the frame. */
export async function EmbeddedUnavailableView({ locale, address, origins }: EmbeddedUnavailableViewProps) {
  const t = await getTranslations({ locale });
  return (
    <main className="embed">
      <PageHeading title={t('unavailable.title')}>{t('unavailable.lead')}</PageHeading>
      <a href={address} className="button">
        {t('common.tryAgain')}
      </a>
      <EmbeddedProblem origins={origins} />
    </main>
  );
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
    resend: await resendLabels(locale),
  };
}

type Form = ComponentProps<typeof EmbeddedSignUp>;

interface EmbeddedViewProps extends Pick<FormHeadingProps, 'client' | 'actions' | 'isRenewed' | 'providers'> {
  readonly locale: string;
  readonly links: LinksView;
  /** Origins that may get the page's messages. */
  readonly origins: readonly string[];
  readonly form: Omit<Form['form'], 'languages'>;
  readonly submit: Form['action'];
  readonly resend: Form['resend'];
  readonly pendingField: string;
  /** Where a frame's visitor goes on in the whole window. */
  readonly continueUrl: string;
  /** What that page must know about who sent the visitor, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
  /** The sign-up that the page begins with, where it is only looked at. */
  readonly sent?: SentSignUp;
}

/** The sign-up for a frame of an application's page: the same form, without the portal's own frame. */
export async function EmbeddedView(props: EmbeddedViewProps) {
  const { locale, client, actions, isRenewed, providers, links, origins, form, continueUrl, hidden } = props;
  const t = await getTranslations({ locale });
  return (
    <main className="embed">
      <EmbeddedSignUp
        origins={origins}
        // The page around the frame decides about its language.
        form={{ ...form, languages: [] }}
        action={props.submit}
        resend={props.resend}
        pendingField={props.pendingField}
        continueUrl={continueUrl}
        labels={await waitingLabels(locale)}
        heading={
          <FormHeading
            locale={locale}
            client={client}
            actions={actions}
            isRenewed={isRenewed}
            providers={providers}
            inFrame
          />
        }
        begin={props.sent}
      >
        <form
          method="post"
          action={continueUrl}
          target="_top"
          className="mt-4 flex flex-wrap items-center gap-x-2 text-muted"
        >
          {Object.entries({ ...hidden, locale }).map(([name, value]) => (
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
