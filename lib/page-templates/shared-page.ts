import 'server-only';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { settingsFor } from '@/lib/brand/config';
import { cookieIn } from '@/lib/cookies';
import { captchaPlan } from '@/lib/guards/captcha/captcha';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { isLocale, LOCALES, type Locale, offeredLocales } from '@/lib/i18n/locales';
import { LOCALE_COOKIE } from '@/lib/i18n/routing';
import type { RealmSnapshot } from '@/lib/keycloak/snapshot';
import type { FormPlace } from '@/lib/sign-up/form-token';
import { SHORTEST_STATE } from './marks';

/** A page that is the same for everyone who asks for it, but for what `marks.ts` names. */
export interface SharedPage {
  /** Its path and query, of all that lead to it the one that it is rendered under. */
  readonly path: string;
  readonly locale: Locale;
  readonly place: FormPlace;
  readonly clientId: string | undefined;
  /** What the application wants back; the one thing of a visitor's that a link may hold. */
  readonly state: string | undefined;
}

const SIGN_UP = /^\/([^/?]+)\/(embed\/)?sign-up(?:\?(.*))?$/;

/** The parameters of a link that make no page one visitor's, in the order in which a shared page has them. */
const SHARED_PARAMETERS = ['client_id', 'redirect_uri', 'scope'] as const;

/**
 * A state that stands everywhere in a page as it came: in HTML, in JSON and in an address (RFC 3986, 2.3; `~` is none of these,
 * since forms escape it). It is as random as an application's has to be (RFC 6749, 10.12), so it is long enough for a mark.
 */
const PLAIN_STATE = new RegExp(`^[\\w.-]{${SHORTEST_STATE},256}$`);

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

/**
 * The page that a request asks for, where many visitors get the same: the sign-up page, as an application links to it. With
 * a parameter more (`authorization`, `prefill`, whatever says something about the visitor) it is one visitor's.
 * @param request as it came
 * @returns undefined for all else
 */
export function sharedPage({
  method,
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): SharedPage | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || url.length > LONGEST_PATH) return undefined;
  if (OF_NEXT.some((name) => headers[name] !== undefined)) return undefined;
  const [whole, locale, embedded, search = ''] = SIGN_UP.exec(url) ?? [];
  if (whole === undefined || !isLocale(locale)) return undefined;
  const given = new URLSearchParams(search);
  const allowed: readonly string[] = [...SHARED_PARAMETERS, 'state'];
  if ([...given.keys()].some((name) => !allowed.includes(name) || given.getAll(name).length > 1)) return undefined;
  const state = given.get('state') ?? undefined;
  if (state !== undefined && !PLAIN_STATE.test(state)) return undefined;
  const query = new URLSearchParams(
    SHARED_PARAMETERS.flatMap((name) => {
      const value = given.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const path = `/${locale}/${embedded ?? ''}sign-up${query.size === 0 ? '' : `?${query}`}`;
  const clientId = query.get('client_id') ?? undefined;
  return { path, locale, place: embedded === undefined ? 'page' : 'frame', clientId, state };
}

/**
 * Whether the realm and the configuration, as they are, give everyone the same page: not where a visitor's attempts decide
 * on the CAPTCHA, and not in a language that the realm doesn't have.
 */
export function isForAll({ locale, clientId }: SharedPage, { supportedLocales }: RealmSnapshot): boolean {
  const { kind, fromAttempt } = captchaPlan(settingsFor(clientId));
  return (kind === 'none' || fromAttempt === 1) && offeredLocales(supportedLocales).includes(locale);
}

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
