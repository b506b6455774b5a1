import { getLocale, getTranslations } from 'next-intl/server';
import { Shell } from '@/components/brand/shell';
import { PageHeading } from '@/components/ui/page-heading';
import { readFrame } from './frame';

export default async function NotFound() {
  const frame = await readFrame(await getLocale(), '/sign-up');
  const t = await getTranslations({ locale: frame.locale, namespace: 'notFound' });
  return (
    <Shell {...frame} here="/sign-up">
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <a href={`/${frame.locale}/sign-up`} className="button">
        {t('home')}
      </a>
    </Shell>
  );
}
