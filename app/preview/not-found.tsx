import { NotFoundView } from '@/components/pages/not-found-view';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { brandView, linksView } from '@/lib/brand/view';
import { LOCALES } from '@/lib/i18n/locales';
import { shownChoices } from '@/lib/preview/request';

/** What everybody meets here who may not look: as if there were nothing. */
export default async function PreviewNotFound() {
  const { lang } = await shownChoices();
  const settings = settingsFor(await pageClient());
  const frame = {
    locale: lang,
    locales: LOCALES,
    brand: brandView(settings, undefined, lang),
    links: linksView(settings, lang),
    addressIn: (one: string) => `/${one}/sign-up`,
  };
  return <NotFoundView frame={frame} signUpUrl={`/${lang}/sign-up`} />;
}
