import 'server-only';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { cookieIn } from '@/lib/cookies';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { LOCALE_COOKIE } from '@/lib/i18n/routing';
import type { RealmSnapshot } from '@/lib/keycloak/snapshot';

/** What each visitor has of their own in a page, besides the nonce that every page has. */
export type Own = 'formToken' | 'state' | 'email' | 'round';

/** A page as it is asked for on nobody's behalf, with a mark in the place of each thing that a visitor has of their own. */
export interface ForNobody {
  /** Path and query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly marks: Readonly<Partial<Record<Own, string>>>;
}

/** A page that is the same for everyone who asks for it, but for what {@link Own} names. */
export interface SharedPage {
  readonly locale: Locale;
  /** All that the page is made of, besides the realm, its texts and the configuration. */
  readonly key: string;
  /** Whether there are so many such pages that one is likely to be asked for but once. */
  readonly isRare: boolean;
  /** Whether the realm and the configuration, as they are, give everyone the same page. */
  isForAll(snapshot: RealmSnapshot): boolean;
  forNobody(): Promise<ForNobody>;
  /** What this visitor has of their own, each as long as its mark. */
  own(): Promise<Readonly<Partial<Record<Own, string>>>>;
  /** To be called when the page has been sent. */
  onSent?(): void;
}

/** A request as far as it says which page is asked for. */
export type PageRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** No longer address is kept in mind. */
const LONGEST_PATH = 2_000;

/** Next's own client asks with these for something else than the page. */
const OF_NEXT = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-action',
];

/** Whether a whole page is asked for, as by a browser that follows a link. */
export function asksForPage({ method, url = '', headers }: PageRequest): boolean {
  const isReading = method === 'GET' || method === 'HEAD';
  return isReading && url.length <= LONGEST_PATH && OF_NEXT.every((name) => headers[name] === undefined);
}

/** The shortest `state` that there can be a mark for. */
const SHORTEST_STATE = 16;

/**
 * A state that stands everywhere in a page as it came: in HTML, in JSON and in an address (RFC 3986, 2.3; `~` is none of these,
 * since forms escape it). It is as random as an application's has to be (RFC 6749, 10.12), so it is long enough for a mark.
 */
export const PLAIN_STATE = new RegExp(`^[\\w.-]{${SHORTEST_STATE},256}$`);

/**
 * Whether the page's language has to be remembered: it is another than the visitor's last, or than their browser's where
 * there is none (next-intl, `syncCookie`). What is in a frame is not remembered.
 * @param locale of the page
 */
export function remembersLocale(locale: Locale, headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-dest': destination = 'document', 'accept-language': acceptLanguage = '' } = headers;
  if (destination !== 'document') return false;
  const last = cookieIn(headers.cookie ?? '', LOCALE_COOKIE)?.value;
  if (last !== undefined) return last !== locale;
  const namesLanguage = /(^|,)\s*[a-z]/i.test(acceptLanguage);
  const hints = { uiLocales: null, cookie: undefined, acceptLanguage };
  return !namesLanguage || chooseLocale(hints, LOCALES, undefined) !== locale;
}
