import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { TermsDocument } from '@/components/consent/terms-document';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
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
  const here = '/terms';
  const frame = await readFrame((await params).locale, here);
  const { locale } = frame;
  const person = await signedIn();
  const terms = person && (await termsDue(person.id, (await readPendingSignUp())?.clientId, locale));
  if (terms === undefined) redirect(`/${locale}/welcome`);
  const t = await getTranslations({ locale, namespace: 'consent' });
  const common = await getTranslations({ locale, namespace: 'common' });
  const query = await searchParams;
  const notice = 'changed' in query ? t('changed') : 'failed' in query ? t('failed') : undefined;
  return (
    <Shell {...frame} here={here} step="done">
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      {notice === undefined ? null : (
        <p role="alert" className="mb-6 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {notice}
        </p>
      )}
      <TermsDocument terms={await termsView(terms, locale)} open />
      <div className="mt-6 flex flex-wrap gap-3">
        <form action={accept}>
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="terms" value={terms.sha256} />
          <button type="submit" className="button">
            {t('acceptAndContinue')}
          </button>
        </form>
        <SignInForm action={endSignIn} locale={locale} label={common('signOut')} quiet />
      </div>
    </Shell>
  );
}
