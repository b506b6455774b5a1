import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CheckEmailView } from '@/components/pages/check-email-view';
import { signedIn } from '@/lib/auth/session';
import { waitForTemplate } from '@/lib/page-templates/marks';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { shortDigest } from '@/lib/sign-up/short-digest';
import { resendWait } from '@/lib/sign-up/verification-mail';
import { webMailOf } from '@/lib/sign-up/web-mail';
import { readFrame, visitorAddress } from '../../frame';
import type { LocaleParams } from '../../layout';
import { startSignIn, startSignInInstead } from '../../sign-in-actions';
import { cancel, changeEmail, resend } from './actions';

interface CheckEmailProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'checkEmail' });
  return { title: t('title') };
}

export default async function CheckEmailPage({ params, searchParams }: CheckEmailProps) {
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, '/sign-up/check-email');
  const { locale } = frame;
  if (pending?.email === undefined) redirect(`/${locale}/sign-up`);
  // Back from the end of the way: there is nothing to wait for any more.
  if ((await signedIn())?.email.toLowerCase() === pending.email.toLowerCase()) redirect(`/${locale}/welcome`);
  const query = await searchParams;
  const parameters = await signUpParameters(pending);
  const again = new URLSearchParams(parameters).toString();
  const isSent = pending.mail === 'sent';
  const wait = waitForTemplate(await headers()) ?? (await resendWait(pending, await visitorAddress()));
  return (
    <CheckEmailView
      frame={frame}
      email={pending.email}
      isSent={isSent}
      actions={pending.actions}
      notice={'changed' in query ? 'changed' : 'kept' in query ? 'amendUnavailable' : undefined}
      webMail={webMailOf(pending.email)}
      resent={{ wait, failed: !isSent }}
      round={shortDigest(pending.userId)}
      addressKey={shortDigest(pending.email)}
      urls={{
        status: '/api/sign-up/status',
        welcome: `/${locale}/welcome`,
        verified: `/${locale}/sign-up/verified`,
        signUp: `/${locale}/sign-up${again === '' ? '' : `?${again}`}`,
      }}
      resend={resend}
      changeEmail={changeEmail}
      cancel={cancel}
      signIn={startSignIn}
      signInInstead={startSignInInstead}
      hidden={parameters}
    />
  );
}
