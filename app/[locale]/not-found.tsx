import { getLocale } from 'next-intl/server';
import { NotFoundView } from '@/components/pages/not-found-view';
import { readFrame } from './frame';

export default async function NotFound() {
  const frame = await readFrame(await getLocale(), '/sign-up');
  return <NotFoundView frame={frame} signUpUrl={`/${frame.locale}/sign-up`} />;
}
