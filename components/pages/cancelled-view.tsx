import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { PageHeading } from '@/components/ui/page-heading';

interface CancelledViewProps {
  readonly frame: FrameView;
  readonly signUpUrl: string;
}

/** The end of a sign-up that its visitor cancelled. */
export async function CancelledView({ frame, signUpUrl }: CancelledViewProps) {
  const t = await getTranslations({ locale: frame.locale, namespace: 'cancelled' });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <a href={signUpUrl} className="button">
        {t('again')}
      </a>
    </Shell>
  );
}
