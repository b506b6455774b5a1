import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { type FrameView, Shell } from '@/components/brand/shell';
import { AddressForm } from '@/components/journey/address-form';
import { CancelForm } from '@/components/journey/cancel-form';
import { ResendForm } from '@/components/journey/resend-form';
import { SignInForm } from '@/components/journey/sign-in-form';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { Watch, type WatchLabels, type WatchPhase } from '@/components/journey/watch';
import { EmailAddress, WithAddress } from '@/components/ui/email-address';
import { PageHeading } from '@/components/ui/page-heading';
import { suggestEmail } from '@/lib/email-suggestion';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { resendLabels } from './resend-labels';

const SIGN_IN_ID = 'sign-in';

interface CheckEmailViewProps {
  readonly frame: FrameView;
  readonly email: string;
  /** False where the mail could not be sent yet. */
  readonly isSent: boolean;
  /** What the mailed link asks for, by the ids of Keycloak's required actions. */
  readonly actions: readonly string[];
  /** What came of an attempt to change or to cancel; also the key of the words for it. */
  readonly notice: 'changed' | 'amendUnavailable' | undefined;
  /** The inbox on the web, where the address tells it. */
  readonly webMail: { readonly name: string; readonly url: string } | undefined;
  readonly resent: ComponentProps<typeof ResendForm>['initial'];
  /** See `Watch`. */
  readonly round: string;
  /** The phase in which a page that is only looked at stands still. */
  readonly phase?: WatchPhase;
  /** Another for each address: what the browser holds of one must not be taken along to the next. The first has the same always. */
  readonly addressKey: string;
  readonly urls: Readonly<Record<'status' | 'welcome' | 'verified' | 'signUp', string>>;
  readonly resend: ComponentProps<typeof ResendForm>['action'];
  readonly changeEmail: ComponentProps<typeof AddressForm>['action'];
  readonly cancel: (form: FormData) => Promise<void>;
  readonly signIn: (form: FormData) => Promise<void>;
  readonly signInInstead: (form: FormData) => Promise<void>;
  /** What that last action must know about who sent the visitor, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** The sentence that says what stands behind the link. */
function nextStep(actions: readonly string[]) {
  if (actions.includes(PASSKEY_ACTION)) return 'nextPasskey';
  return actions.includes('UPDATE_PASSWORD') ? 'next' : 'nextWithoutPassword';
}

async function watchLabels(locale: string): Promise<WatchLabels> {
  const t = await getTranslations({ locale, namespace: 'watch' });
  return {
    waiting: t('waiting'),
    confirmed: t('confirmed'),
    offline: t('offline'),
    elsewhere: t('elsewhere'),
    moving: t('moving'),
    verified: t('verified'),
    gone: t('gone'),
    stopped: t('stopped'),
    tired: t('tired'),
    stop: t('stop'),
    start: t('start'),
  };
}

/** The page that waits for the mailed link to be opened. */
export async function CheckEmailView(props: CheckEmailViewProps) {
  const { frame, email, isSent, actions, notice, webMail, urls, signIn } = props;
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const forAll = await getTranslations({ locale, namespace: 'signUp' });
  const meant = suggestEmail(email);
  return (
    <Shell frame={frame} step="verify">
      <PageHeading title={isSent ? t('title') : t('failedTitle')}>
        {notice === undefined ? null : (
          <p role="status" className="mb-3 text-ink">
            {t(notice)}
          </p>
        )}
        <p>{isSent ? t('sent') : t('failed')}</p>
        <p className="my-3 rounded-brand bg-surface px-4 py-3 font-semibold text-ink">
          <EmailAddress address={email} />
        </p>
        {meant === undefined ? null : (
          <p className="mb-3 text-ink">
            <WithAddress sentence={t('addressMeant', { address: '{address}' })} address={meant} />
          </p>
        )}
        <p>{isSent ? t(nextStep(actions)) : t('failedNext')}</p>
        {isSent && actions.includes('CONFIGURE_TOTP') ? <p>{t('nextTotp')}</p> : null}
      </PageHeading>
      {webMail === undefined ? null : (
        <p className="mb-6">
          <a href={webMail.url} target="_blank" rel="noopener noreferrer" className="button">
            {t('openWebMail', { provider: webMail.name })}
          </a>
        </p>
      )}
      <Watch
        statusUrl={urls.status}
        welcomeUrl={urls.welcome}
        formId={SIGN_IN_ID}
        round={props.round}
        still={props.phase}
        labels={await watchLabels(locale)}
        whenVerified={<SignInForm id={SIGN_IN_ID} action={signIn} locale={locale} label={forAll('signIn')} />}
        whenGone={
          <a href={urls.signUp} className="button">
            {t('startAgain')}
          </a>
        }
      >
        <p className="mt-3 mb-6">
          <a href={urls.verified}>{t('haveConfirmed')}</a>
        </p>
        <ResendForm
          key={props.addressKey}
          action={props.resend}
          locale={locale}
          initial={props.resent}
          labels={await resendLabels(locale)}
        />
        <section className="mt-4 border-t border-hairline pt-6">
          <h2 className="text-lg font-semibold">{t('helpTitle')}</h2>
          <ul className="mt-2 mb-4 list-disc space-y-1 ps-5 text-muted">
            <li>{t('help1')}</li>
            <li>{t('help2')}</li>
            <li>{t('help3')}</li>
          </ul>
          <div className="border-t border-hairline">
            <AddressForm
              key={props.addressKey}
              action={props.changeEmail}
              locale={locale}
              meant={meant}
              labels={{
                question: t('changeQuestion'),
                lead: t('changeLead'),
                label: t('changeLabel'),
                submit: t('changeSubmit'),
                submitting: t('changeSubmitting'),
              }}
            />
            <CancelForm
              action={props.cancel}
              locale={locale}
              labels={{ question: t('cancelQuestion'), lead: t('cancelLead'), submit: t('cancelSubmit') }}
            />
          </div>
          <p className="mt-4">
            <a href={urls.signUp}>{t('startOver')}</a>
          </p>
          {/* Everybody is asked: an address that has an account already gets no other mail. */}
          <SignInInstead
            action={props.signInInstead}
            hidden={{ ...props.hidden, locale }}
            question={forAll('haveAccount')}
            label={forAll('signIn')}
          />
        </section>
      </Watch>
    </Shell>
  );
}
