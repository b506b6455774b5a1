import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { TermsDueView } from '@/components/pages/terms-view';
import { signedIn } from '@/lib/auth/session';
import { termsView } from '@/lib/i18n/consent-view';
import { readPendingSignUp } from '@/lib/sign-up/pending';
import { termsDue } from '@/lib/sign-up/terms-due';
import { readFrame } from '../frame';
import type { LocaleParams } from '../layout';
import { endSignIn } from '../sign-in-actions';
import { accept } from './actions';

interface TermsProps extends LocaleParams {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>;
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'consent' });
  return { title: t('title') };
}

/** Between sign-in and product: terms that this person has not accepted yet, in this version. */
export default async function TermsPage({ params, searchParams }: TermsProps) {
  const frame = await readFrame((await params).locale, '/terms');
  const { locale } = frame;
  const person = await signedIn();
  const terms = person && (await termsDue(person.id, (await readPendingSignUp())?.clientId, locale));
  if (terms === undefined) redirect(`/${locale}/welcome`);
  const query = await searchParams;
  return (
    <TermsDueView
      frame={frame}
      terms={await termsView(terms, locale)}
      notice={'changed' in query ? 'changed' : 'failed' in query ? 'failed' : undefined}
      accept={accept}
      signOut={endSignIn}
    />
  );
}
