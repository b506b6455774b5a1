import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { ResendForm } from '@/components/journey/resend-form';
import { SignInInstead } from '@/components/journey/sign-in-instead';
import { PageHeading } from '@/components/ui/page-heading';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { readFrame } from '../../frame';
import type { LocaleParams } from '../../layout';
import { startSignInInstead } from '../../sign-in-actions';
import { resend } from './actions';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'checkEmail' });
  return { title: t('title') };
}

/** The sentence that says what stands behind the link. */
function nextStep(actions: readonly string[]) {
  if (actions.includes(PASSKEY_ACTION)) return 'nextPasskey';
  return actions.includes('UPDATE_PASSWORD') ? 'next' : 'nextWithoutPassword';
}

export default async function CheckEmailPage({ params }: LocaleParams) {
  const pending = await readPendingSignUp();
  const here = '/sign-up/check-email';
  const frame = await readFrame((await params).locale, here, pending?.clientId);
  const { locale } = frame;
  if (pending?.email === undefined) redirect(`/${locale}/sign-up`);
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  const forAll = await getTranslations({ locale, namespace: 'signUp' });
  const isSent = pending.mail === 'sent';
  const parameters = signUpParameters(pending);
  const again = new URLSearchParams(parameters).toString();
  return (
    <Shell {...frame} here={here} step="verify">
      <PageHeading title={isSent ? t('title') : t('failedTitle')}>
        <p>{isSent ? t('sent') : t('failed')}</p>
        <p className="my-3 break-words rounded-brand bg-surface px-4 py-3 font-semibold text-ink">
          <bdi dir="ltr">{pending.email}</bdi>
        </p>
        <p>{isSent ? t(nextStep(pending.actions)) : t('failedNext')}</p>
        {isSent && pending.actions.includes('CONFIGURE_TOTP') ? <p>{t('nextTotp')}</p> : null}
      </PageHeading>
      <ResendForm action={resend} locale={locale} label={t('resend')} pendingLabel={t('resending')} />
      <section className="mt-6 border-t border-hairline pt-6">
        <h2 className="text-lg font-semibold">{t('helpTitle')}</h2>
        <ul className="mt-2 list-disc space-y-1 ps-5 text-muted">
          <li>{t('help1')}</li>
          <li>{t('help2')}</li>
          <li>{t('help3')}</li>
        </ul>
        <p className="mt-4">
          <a href={`/${locale}/sign-up${again === '' ? '' : `?${again}`}`}>{t('startOver')}</a>
        </p>
        {/* Everybody is asked: an address that has an account already gets no other mail. */}
        <SignInInstead
          action={startSignInInstead}
          hidden={{ ...parameters, locale }}
          question={forAll('haveAccount')}
          label={forAll('signIn')}
        />
      </section>
    </Shell>
  );
}
