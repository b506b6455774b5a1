import { getTranslations } from 'next-intl/server';
import { type FrameView, Shell } from '@/components/brand/shell';
import { PageHeading } from '@/components/ui/page-heading';

/** The realm has never been readable: there is no form to show. */
export async function UnavailableView({ frame }: { readonly frame: FrameView }) {
  const t = await getTranslations({ locale: frame.locale });
  return (
    <Shell frame={frame}>
      <PageHeading title={t('unavailable.title')}>{t('unavailable.lead')}</PageHeading>
      <a href={frame.addressIn(frame.locale)} className="button">
        {t('common.tryAgain')}
      </a>
    </Shell>
  );
}
