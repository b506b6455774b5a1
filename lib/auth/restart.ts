import 'server-only';
import { cookies } from 'next/headers';
import { type NextRequest, NextResponse } from 'next/server';
import { cookieOptions, hostCookie } from '@/lib/cookies';
import { env } from '@/lib/env';
import { localeOf } from '@/lib/i18n/locales';
import { LOCALE_COOKIE } from '@/lib/i18n/routing';
import { log } from '@/lib/telemetry/log';
import { PROBLEM_PAGE } from './options';
import { beginSignIn, type Landing, PREVIEW } from './session';

/** Says that a sign-in was restarted lately; a second failure within this time is shown (seconds). */
const RESTARTED = 'vestibule-restarted';
const LIFETIME = 120;

/**
 * Whether a sign-in came back from Keycloak with a state that this browser no longer holds: it took longer than next-auth's
 * cookies live (15 minutes), or another tab began one since. Keycloak's own `authentication_expired` counts, a refusal by
 * the visitor (RFC 6749, 4.1.2.1) doesn't.
 */
function isStale(request: NextRequest, response: Response): boolean {
  const { pathname, searchParams } = request.nextUrl;
  const location = response.headers.get('location');
  return (
    pathname.endsWith('/callback/keycloak') &&
    searchParams.get('error') !== 'access_denied' &&
    location !== null &&
    new URL(location, request.nextUrl).searchParams.get('error') === 'OAuthCallback'
  );
}

/** The page that the sign-in was to end on, with its language; next-auth keeps its address. */
function endOf(request: NextRequest): { locale: string; landing: Landing } {
  const target = request.cookies.getAll().find(({ name }) => name.endsWith('next-auth.callback-url'))?.value ?? '';
  const path = URL.canParse(target) ? new URL(target).pathname : undefined;
  const last = request.cookies.get(LOCALE_COOKIE)?.value;
  if (path === PREVIEW) return { locale: localeOf(last), landing: 'preview' };
  return { locale: localeOf(path?.split('/')[1] ?? last), landing: 'welcome' };
}

/**
 * Begins a stale sign-in anew, once: whoever has a session at Keycloak by then is through without another page.
 * @param request the way back from Keycloak
 * @param response what next-auth made of it
 * @param loginHint see `beginSignIn`
 * @returns the way to Keycloak; undefined where next-auth's answer stands
 */
export async function restartStaleSignIn(
  request: NextRequest,
  response: Response,
  loginHint: string | undefined,
): Promise<Response | undefined> {
  if (!isStale(request, response)) return undefined;
  const store = await cookies();
  const marker = hostCookie(RESTARTED);
  if (store.has(marker)) return undefined;
  const { locale, landing } = endOf(request);
  const target = await beginSignIn(locale, { loginHint }, landing);
  if (target === undefined) return undefined;
  store.set(marker, '1', cookieOptions(LIFETIME));
  log('info', 'sign-in.restarted');
  return NextResponse.redirect(target);
}

/** Endpoints of next-auth that lead to its pages, and that the portal does not have. */
const DETOURS = ['/api/auth/error', '/api/auth/signin'];

/**
 * Leads a sign-in that failed straight to the page that says so.
 * @param response what next-auth made of it
 */
export function toProblemPage(response: Response): Response {
  const location = new URL(response.headers.get('location') ?? '', env().PORTAL_URL);
  if (DETOURS.includes(location.pathname))
    response.headers.set('location', `${env().PORTAL_URL}${PROBLEM_PAGE}${location.search}`);
  return response;
}
