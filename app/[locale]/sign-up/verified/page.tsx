import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { VerifiedView } from '@/components/pages/verified-view';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpParameters } from '@/lib/sign-up/request';
import { signUpStatus } from '@/lib/sign-up/status';
import { readFrame } from '../../frame';
import type { LocaleParams } from '../../layout';
import { startSignIn } from '../../sign-in-actions';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'verified' });
  return { title: t('title') };
}

/** Where Keycloak's last page leads. Whether the address is verified is Keycloak's word, not the visit's. */
export default async function VerifiedPage({ params }: LocaleParams) {
  const pending = await readPendingSignUp();
  const frame = await readFrame((await params).locale, '/sign-up/verified');
  const { locale } = frame;
  // Undefined on another device than the one that the sign-up began on, and where Keycloak can't be asked.
  const status = pending?.email === undefined ? undefined : await signUpStatus(pending, true);
  const again = new URLSearchParams(pending === undefined ? {} : await signUpParameters(pending)).toString();
  return (
    <VerifiedView
      frame={frame}
      status={status}
      signIn={startSignIn}
      signUpUrl={`/${locale}/sign-up${again === '' ? '' : `?${again}`}`}
      checkEmailUrl={`/${locale}/sign-up/check-email`}
    />
  );
}
