import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { PageHeading } from '@/components/ui/page-heading';

interface NotFoundViewProps {
  readonly frame: FrameView;
  readonly signUpUrl: string;
}

/** There is no such page. */
export async function NotFoundView({ frame, signUpUrl }: NotFoundViewProps) {
  const t = await getTranslations({ locale: frame.locale, namespace: 'notFound' });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <a href={signUpUrl} className="button">
        {t('home')}
      </a>
    </Shell>
  );
}
