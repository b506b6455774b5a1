import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { settingsFor } from '@/lib/brand/config';
import { setPageClient } from '@/lib/brand/page-client';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { isLocale, LOCALES, offeredLocales } from '@/lib/i18n/locales';
import { LOCALE_COOKIE, routing } from '@/lib/i18n/routing';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { securityHeaders } from '@/lib/security-headers';
import { clientOfPage } from '@/lib/sign-up/page-client';

const intl = createIntlMiddleware(routing);

/** Chooses the language of a path without one, and gives every page its client, its nonce and its security headers. */
export default async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname, searchParams } = request.nextUrl;
  if (!isLocale(pathname.split('/')[1])) {
    const snapshot = await realmSnapshot();
    const locale = chooseLocale(
      {
        uiLocales: searchParams.get('ui_locales'),
        cookie: request.cookies.get(LOCALE_COOKIE)?.value,
        acceptLanguage: request.headers.get('accept-language'),
      },
      snapshot === undefined ? LOCALES : offeredLocales(snapshot.supportedLocales),
      snapshot?.defaultLocale,
    );
    const target = new URL(request.nextUrl);
    target.pathname = `/${locale}${pathname === '/' ? '/sign-up' : pathname}`;
    return NextResponse.redirect(target);
  }

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  // Decided once, so that the page's look, its words and its headers are of one client.
  const clientId = await clientOfPage(request);
  setPageClient(request.headers, clientId);
  const headers = securityHeaders(nonce, settingsFor(clientId));
  // Next puts the nonce that it finds in the request's policy on every script that it writes.
  request.headers.set('x-nonce', nonce);
  request.headers.set('content-security-policy', headers['content-security-policy']);
  const response = intl(request);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = {
  // The edge runtime costs several times the time per request, and has no Node modules.
  runtime: 'nodejs',
  matcher: ['/((?!api/|_next/|icon\\.svg$|robots\\.txt$).*)'],
};
