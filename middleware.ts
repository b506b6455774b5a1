import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import { setPageClient } from '@/lib/brand/page-client';
import { cookieOptions } from '@/lib/cookies';
import { env } from '@/lib/env';
import { isFromElsewhere } from '@/lib/guards/own-page';
import { judgePost, LONGEST_POST } from '@/lib/guards/posts';
import { chooseLocale, type LocaleHints } from '@/lib/i18n/choose-locale';
import { isLocale, LOCALES, offeredLocales } from '@/lib/i18n/locales';
import { LOCALE_COOKIE, routing } from '@/lib/i18n/routing';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { freshNonce, isForTemplate, nonceMark } from '@/lib/page-templates/marks';
import { readChoices } from '@/lib/preview/choices';
import { setPreview } from '@/lib/preview/request';
import { securityHeaders } from '@/lib/security-headers';
import { cleanLink } from '@/lib/sign-up/link';
import { clientOfPage } from '@/lib/sign-up/page-client';
import { RENEWED, renewedAddress } from '@/lib/stale-forms';
import { log } from '@/lib/telemetry/log';

const intl = createIntlMiddleware(routing);

const NO_STORE = { 'cache-control': 'no-store' };

/** Keycloak's own paths, at which the portal stands in for its registration page. */
const DROP_IN = /^\/realms\/[^/]+\/protocol\/openid-connect\/(registrations|auth)$/;

/** The page that links lead to, in any language, and the same for frames. */
const SIGN_UP = /^\/[^/]+\/(embed\/)?sign-up$/;

/** Pages for frames; no other page can be framed. */
const EMBED = /^\/[^/]+\/embed\//;

/** The gallery of the preview, and one state of it alone. */
const PREVIEW = /^\/preview(\/[a-z-]+)?$/;

/** The origins that may frame a page: the client's that it is for. */
function framedBy({ pathname, searchParams }: URL): readonly string[] {
  const [clientId, ...others] = searchParams.getAll('client_id');
  return EMBED.test(pathname) && others.length === 0 ? (clientConfig(clientId)?.origins ?? []) : [];
}

/**
 * Takes what a link says about the visitor out of the address: it must not stay where it is shown, kept and told on.
 * @param target the page that is asked for, in its language; its query is cleaned
 * @returns whether there was anything to take out
 */
async function cleanAddress(request: NextRequest, target: URL): Promise<boolean> {
  if (request.method !== 'GET' || request.headers.has('rsc') || !SIGN_UP.test(target.pathname)) return false;
  const clean = await cleanLink(target.searchParams, [RENEWED]);
  if (clean !== undefined) target.search = clean.toString();
  return clean !== undefined;
}

/** Sends a visitor to another address of ours, which neither a cache nor the next page learns of. */
function goTo(target: URL, status: 303 | 307 = 307): NextResponse {
  return NextResponse.redirect(target, {
    status,
    headers: { ...NO_STORE, 'referrer-policy': 'no-referrer' },
  });
}

/** Gives a request its client and its nonce; what comes back are the headers of its answer. */
function guard(request: NextRequest, clientId: string | undefined, framers: readonly string[]) {
  const nonce = isForTemplate(request.headers) ? nonceMark() : freshNonce();
  setPageClient(request.headers, clientId);
  const headers = securityHeaders(nonce, settingsFor(clientId), framers);
  // Next puts the nonce that it finds in the request's policy on every script that it writes.
  request.headers.set('x-nonce', nonce);
  request.headers.set('content-security-policy', headers['content-security-policy']);
  return headers;
}

/**
 * Turns away what is sent to a page and can't be a form of ours. What another site sends in a visitor's name changes
 * nothing: the visitor gets the page that it was sent to. What is too long is told so before it is read.
 * @returns undefined for everything else
 */
function turnedAway(request: NextRequest): NextResponse | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (isFromElsewhere(request.headers, env().PORTAL_URL)) return goTo(new URL(request.nextUrl), 303);
  const refuse = (status: 400 | 405 | 413) =>
    new NextResponse(null, { status, headers: { ...NO_STORE, allow: 'GET, HEAD, POST' } });
  if (request.method !== 'POST') return refuse(405);
  // Next throws at a form that can't be taken apart.
  if (/^multipart\/form-data(?!.*;\s*boundary=)/i.test(request.headers.get('content-type') ?? '')) return refuse(400);
  return Number(request.headers.get('content-length') ?? 0) > LONGEST_POST ? refuse(413) : undefined;
}

/**
 * Turns a post away that none of our pages sends. A browser without scripts is led to the page anew, as from a form of an
 * older build; a script is told.
 */
async function refusedPost(request: NextRequest): Promise<NextResponse | undefined> {
  const status = await judgePost(request);
  if (status === undefined) return undefined;
  log('info', 'post.refused', { status: String(status) });
  if (request.headers.has('next-action')) return new NextResponse(null, { status, headers: NO_STORE });
  const { pathname, search } = request.nextUrl;
  return goTo(new URL(renewedAddress(`${pathname}${search}`), request.nextUrl), 303);
}

function withHeaders(response: NextResponse, headers: Readonly<Record<string, string>>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** The language's cookie is set as the portal's others are, but for its name, which is next-intl's (ASVS 3.3). */
function withSafeCookie(response: NextResponse): NextResponse {
  const cookie = response.cookies.get(LOCALE_COOKIE);
  if (cookie !== undefined) response.cookies.set({ ...cookie, ...cookieOptions(cookie.maxAge ?? 0) });
  return response;
}

function hintsOf({ cookies, headers }: NextRequest, uiLocales: string | null): LocaleHints {
  return { uiLocales, cookie: cookies.get(LOCALE_COOKIE)?.value, acceptLanguage: headers.get('accept-language') };
}

/** A state has the language and the look that its own address asks for; the gallery has its visitor's language. */
function previewPage(request: NextRequest, isState: boolean): NextResponse {
  const { searchParams } = request.nextUrl;
  const { client } = readChoices(searchParams);
  const lang = () => chooseLocale(hintsOf(request, null), LOCALES, undefined);
  const shown = isState ? searchParams : new URLSearchParams({ lang: lang() });
  setPreview(request.headers, shown);
  const isKnown = isState && clientConfig(client) !== undefined;
  const headers = guard(request, isKnown ? client : undefined, isState ? ["'self'"] : []);
  return withHeaders(NextResponse.next({ request: { headers: request.headers } }), {
    ...headers,
    'x-robots-tag': 'noindex, nofollow',
  });
}

/** Chooses the language of a path without one, and gives every page its client, its nonce and its security headers. */
export default async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname, searchParams } = request.nextUrl;
  if (DROP_IN.test(pathname)) return NextResponse.next();
  const away = turnedAway(request) ?? (request.method === 'POST' ? await refusedPost(request) : undefined);
  if (away !== undefined) return away;
  const preview = PREVIEW.exec(pathname);
  if (preview !== null) return previewPage(request, preview[1] !== undefined);
  if (!isLocale(pathname.split('/')[1])) {
    const snapshot = await realmSnapshot();
    const locale = chooseLocale(
      hintsOf(request, searchParams.get('ui_locales')),
      snapshot === undefined ? LOCALES : offeredLocales(snapshot.supportedLocales),
      snapshot?.defaultLocale,
    );
    const target = new URL(request.nextUrl);
    target.pathname = `/${locale}${pathname === '/' ? '/sign-up' : pathname}`;
    await cleanAddress(request, target);
    return goTo(target);
  }

  const target = new URL(request.nextUrl);
  if (await cleanAddress(request, target)) return goTo(target);
  // Decided once, so that the page's look, its words and its headers are of one client.
  const clientId = await clientOfPage(request);
  const headers = guard(request, clientId, framedBy(request.nextUrl));
  return withHeaders(withSafeCookie(intl(request)), headers);
}

export const config = {
  // The edge runtime costs several times the time per request, and has no Node modules.
  runtime: 'nodejs',
  matcher: ['/((?!api/|_next/|embed\\.js$|icon\\.svg$|robots\\.txt$).*)'],
};
