import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { Brand } from '@/components/brand/brand-mark';
import { clientConfig, portalConfig } from '@/lib/brand/config';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/guards/client-address';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { isLocale, LOCALES, type Locale, offeredLocales } from '@/lib/i18n/locales';
import { type RealmSnapshot, realmSnapshot } from '@/lib/keycloak/snapshot';

/** What every page needs to draw its frame. */
export interface Frame {
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly brand: Brand;
  readonly links: { readonly privacy?: string; readonly terms?: string };
  /** Undefined while the realm has never been readable. */
  readonly snapshot: RealmSnapshot | undefined;
}

/** @returns the brand's own name, or else the realm's */
export function brandName(snapshot: RealmSnapshot | undefined): string {
  return portalConfig().brand.name ?? snapshot?.displayName ?? 'Vestibule';
}

/**
 * Reads the frame of a page; a language that the realm does not offer leads to the same page in one that it does.
 * @param tag the path's language
 * @param here path and query behind the language
 * @param clientId the client that sent the visitor, for its links
 */
export async function readFrame(tag: string, here: string, clientId?: string): Promise<Frame> {
  if (!isLocale(tag)) notFound();
  const snapshot = await realmSnapshot();
  const locales = snapshot === undefined ? LOCALES : offeredLocales(snapshot.supportedLocales);
  if (!locales.includes(tag)) {
    const nothing = { uiLocales: null, cookie: undefined, acceptLanguage: (await headers()).get('accept-language') };
    redirect(`/${chooseLocale(nothing, locales, snapshot?.defaultLocale)}${here}`);
  }
  const { brand } = portalConfig();
  const client = clientConfig(clientId);
  return {
    locale: tag,
    locales,
    brand: { name: brandName(snapshot), logo: brand.logo },
    links: {
      ...(client?.policyUri === undefined ? {} : { privacy: client.policyUri }),
      ...(client?.tosUri === undefined ? {} : { terms: client.tosUri }),
    },
    snapshot,
  };
}

/** The visitor's address, as throttles count it. */
export async function visitorAddress(): Promise<string> {
  return clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
}
