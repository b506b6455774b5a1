import { createHash } from 'node:crypto';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { AddressForm } from '@/components/journey/address-form';
import { CancelForm } from '@/components/journey/cancel-form';
import { ResendForm } from '@/components/journey/resend-form';
import { SignInForm } from '@/components/journey/sign-in-form';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { Watch, type WatchLabels } from '@/components/journey/watch';
import { PageHeading } from '@/components/ui/page-heading';
import { signedIn } from '@/lib/auth/session';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { resendWait } from '@/lib/sign-up/verification-mail';
import { webMailOf } from '@/lib/sign-up/web-mail';
import { readFrame, visitorAddress } from '../../frame';
import type { LocaleParams } from '../../layout';
import { startSignIn, startSignInInstead } from '../../sign-in-actions';
import { cancel, changeEmail, resend } from './actions';

interface CheckEmailProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

const SIGN_IN_ID = 'sign-in';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'checkEmail' });
  return { title: t('title') };
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

export default async function CheckEmailPage({ params, searchParams }: CheckEmailProps) {
  const pending = await readPendingSignUp();
  const here = '/sign-up/check-email';
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  if (pending?.email === undefined) redirect(`/${locale}/sign-up`);
  // Back from the end of the way: there is nothing to wait for any more.
  if ((await signedIn())?.email.toLowerCase() === pending.email.toLowerCase()) redirect(`/${locale}/welcome`);
  const query = await searchParams;
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const forAll = await getTranslations({ locale, namespace: 'signUp' });
  const isSent = pending.mail === 'sent';
  const notice = 'changed' in query ? t('changed') : 'kept' in query ? t('amendUnavailable') : undefined;
  const webMail = webMailOf(pending.email);
  const parameters = await signUpParameters(pending);
  const again = new URLSearchParams(parameters).toString();
  const startOver = `/${locale}/sign-up${again === '' ? '' : `?${again}`}`;
  const round = createHash('sha256').update(pending.userId).digest('base64url').slice(0, 8);
  // What the browser holds of one address must not be taken along to another.
  const key = createHash('sha256').update(pending.email).digest('base64url').slice(0, 8);
  return (
    <Shell {...frame} here={here} step="verify">
      <PageHeading title={isSent ? t('title') : t('failedTitle')}>
        {notice === undefined ? null : (
          <p role="status" className="mb-3 text-ink">
            {notice}
          </p>
        )}
        <p>{isSent ? t('sent') : t('failed')}</p>
        <p className="my-3 break-words rounded-brand bg-surface px-4 py-3 font-semibold text-ink">
          <bdi dir="ltr">{pending.email}</bdi>
        </p>
        <p>{isSent ? t(nextStep(pending.actions)) : t('failedNext')}</p>
        {isSent && pending.actions.includes('CONFIGURE_TOTP') ? <p>{t('nextTotp')}</p> : null}
      </PageHeading>
      {webMail === undefined ? null : (
        <p className="mb-6">
          <a href={webMail.url} target="_blank" rel="noopener noreferrer" className="button">
            {t('openWebMail', { provider: webMail.name })}
          </a>
        </p>
      )}
      <Watch
        statusUrl="/api/sign-up/status"
        welcomeUrl={`/${locale}/welcome`}
        formId={SIGN_IN_ID}
        round={round}
        labels={await watchLabels(locale)}
        whenVerified={<SignInForm id={SIGN_IN_ID} action={startSignIn} locale={locale} label={forAll('signIn')} />}
        whenGone={
          <a href={startOver} className="button">
            {t('startAgain')}
          </a>
        }
      >
        <p className="mt-3 mb-6">
          <a href={`/${locale}/sign-up/verified`}>{t('haveConfirmed')}</a>
        </p>
        <ResendForm
          key={key}
          action={resend}
          locale={locale}
          initial={{ wait: await resendWait(pending, await visitorAddress()), failed: !isSent }}
          labels={{
            resend: t('resend'),
            resending: t('resending'),
            wait: t('resendIn', { time: '{time}' }),
            retry: t('retryIn', { time: '{time}' }),
          }}
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
              key={key}
              action={changeEmail}
              locale={locale}
              labels={{
                question: t('changeQuestion'),
                lead: t('changeLead'),
                label: t('changeLabel'),
                submit: t('changeSubmit'),
                submitting: t('changeSubmitting'),
              }}
            />
            <CancelForm
              action={cancel}
              locale={locale}
              labels={{ question: t('cancelQuestion'), lead: t('cancelLead'), submit: t('cancelSubmit') }}
            />
          </div>
          <p className="mt-4">
            <a href={startOver}>{t('startOver')}</a>
          </p>
          {/* Everybody is asked: an address that has an account already gets no other mail. */}
          <SignInInstead
            action={startSignInInstead}
            hidden={{ ...parameters, locale }}
            question={forAll('haveAccount')}
            label={forAll('signIn')}
          />
        </section>
      </Watch>
    </Shell>
  );
}
