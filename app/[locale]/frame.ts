import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { FrameView } from '@/components/brand/shell';
import { settingsFor } from '@/lib/brand/config';
import { pageClient } from '@/lib/brand/page-client';
import { brandView, linksView } from '@/lib/brand/view';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/guards/client-address';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { isLocale, LOCALES, offeredLocales } from '@/lib/i18n/locales';
import { type RealmSnapshot, realmSnapshot } from '@/lib/keycloak/snapshot';

/** What every page needs to draw its frame, and the realm that it was read from. */
interface Frame extends FrameView {
  /** Undefined while the realm has never been readable. */
  readonly snapshot: RealmSnapshot | undefined;
}

/**
 * Reads the frame of a page; a language that the realm does not offer leads to the same page in one that it does.
 * @param tag the path's language
 * @param here path and query behind the language
 */
export async function readFrame(tag: string, here: string): Promise<Frame> {
  if (!isLocale(tag)) notFound();
  const snapshot = await realmSnapshot();
  const locales = snapshot === undefined ? LOCALES : offeredLocales(snapshot.supportedLocales);
  if (!locales.includes(tag)) {
    const nothing = { uiLocales: null, cookie: undefined, acceptLanguage: (await headers()).get('accept-language') };
    redirect(`/${chooseLocale(nothing, locales, snapshot?.defaultLocale)}${here}`);
  }
  const settings = settingsFor(await pageClient());
  return {
    locale: tag,
    locales,
    brand: brandView(settings, snapshot?.displayName, tag),
    links: linksView(settings, tag),
    addressIn: (one) => `/${one}${here}`,
    snapshot,
  };
}

/** The visitor's address, as throttles count it. */
export async function visitorAddress(): Promise<string> {
  return clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
}
