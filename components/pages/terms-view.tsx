import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { TermsDocument, type TermsView } from '@/components/consent/terms-document';
import { SignInForm } from '@/components/journey/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';

interface TermsDueViewProps {
  readonly frame: FrameView;
  readonly terms: TermsView;
  /** Why the page is there once more; also the key of the words for it. */
  readonly notice: 'changed' | 'failed' | undefined;
  readonly accept: (form: FormData) => Promise<void>;
  readonly signOut: (form: FormData) => Promise<void>;
}

/** Between sign-in and product: terms that this person has not accepted yet, in this version. */
export async function TermsDueView({ frame, terms, notice, accept, signOut }: TermsDueViewProps) {
  const { locale } = frame;
  const t = await getTranslations({ locale, namespace: 'consent' });
  const common = await getTranslations({ locale, namespace: 'common' });
  return (
    <Shell frame={frame} step="done">
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      {notice === undefined ? null : (
        <p role="alert" className="mb-6 rounded-brand border border-line bg-surface px-5 py-4 font-medium">
          {t(notice)}
        </p>
      )}
      <TermsDocument terms={terms} open />
      <div className="mt-6 flex flex-wrap gap-3">
        <form action={accept}>
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="terms" value={terms.sha256} />
          <button type="submit" className="button">
            {t('acceptAndContinue')}
          </button>
        </form>
        <SignInForm action={signOut} locale={locale} label={common('signOut')} quiet />
      </div>
    </Shell>
  );
}
