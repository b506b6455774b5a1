import 'server-only';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth, { getServerSession } from 'next-auth';
import { z } from 'zod';
import { cookieOptions } from '@/lib/cookies';
import { env } from '@/lib/env';
import { endSession } from '@/lib/keycloak/session';
import { authOptions } from './options';
import { takeWayOut } from './way-out';

/** The address of the preview. */
export const PREVIEW = '/preview';

const session = z.object({
  user: z.object({ name: z.string().nullish(), email: z.string().nullish() }),
  sub: z.string(),
  mayPreview: z.boolean().default(false),
});

/** Whoever is signed in to the portal, by the claims of their ID token. */
export interface SignedIn {
  /** Keycloak's id of the account. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

async function readSession(): Promise<z.output<typeof session> | undefined> {
  // It throws at a cookie that names an odd address to go on to, which anyone can set who has the browser: its own log has
  // said so, and the next sign-in puts it right (`forgetOddLanding`).
  const found: unknown = await getServerSession(authOptions()).catch(() => undefined);
  const parsed = session.safeParse(found);
  return parsed.success ? parsed.data : undefined;
}

/** @returns undefined when nobody is signed in */
export async function signedIn(): Promise<SignedIn | undefined> {
  const found = await readSession();
  return found && { id: found.sub, name: found.user.name ?? '', email: found.user.email ?? '' };
}

/**
 * Whether whoever asks may see the preview: on a developer's machine anybody, elsewhere who is signed in with the role.
 * Nothing but the session's cookie is looked at.
 */
export async function previewAccess(): Promise<'granted' | 'anonymous' | 'refused'> {
  if (process.env.NODE_ENV === 'development') return 'granted';
  const found = await readSession();
  if (found === undefined) return 'anonymous';
  return found.mayPreview ? 'granted' : 'refused';
}

/** Calls one of next-auth's endpoints without a round trip through the browser, and keeps the cookies that it sets. */
async function callNextAuth(path: string[], query: URLSearchParams, form?: URLSearchParams): Promise<Response> {
  const url = `${env().PORTAL_URL}/api/auth/${path.join('/')}?${query}`;
  const request = new NextRequest(url, {
    method: form === undefined ? 'GET' : 'POST',
    ...(form === undefined
      ? {}
      : { body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
  const response: Response = await NextAuth(request, { params: Promise.resolve({ nextauth: path }) }, authOptions());
  const store = await cookies();
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll()) store.set(cookie);
  return response;
}

/** Where a sign-in may end; there is no other place. */
export type Landing = 'welcome' | 'preview';

/** next-auth does nothing at all for a browser whose cookie names an address that is none, or another's. */
async function forgetOddLanding(): Promise<void> {
  const store = await cookies();
  for (const { name, value } of store.getAll())
    if (name.endsWith('next-auth.callback-url') && !value.startsWith(`${env().PORTAL_URL}/`)) store.delete(name);
}

/**
 * Begins signing in; only in a server action, whose origin check stands for next-auth's CSRF token, behind a check that is
 * as good, or on the way back from a sign-in.
 * @param locale language of Keycloak's page (`ui_locales`) and of the page after it
 * @param hint loginHint: the username or address to fill in for the visitor; it goes to Keycloak as OIDC has it, never into
 *   an address of the portal. provider: alias of an identity provider that the realm offers, to which Keycloak goes on at
 *   once (`kc_idp_hint`)
 * @param landing the page after it
 * @returns Keycloak's authorization URL; undefined when Keycloak can't be reached
 */
export async function beginSignIn(
  locale: string,
  hint: { readonly loginHint?: string | undefined; readonly provider?: string | undefined },
  landing: Landing = 'welcome',
): Promise<string | undefined> {
  await forgetOddLanding();
  const csrf = await callNextAuth(['csrf'], new URLSearchParams());
  const said = z.object({ csrfToken: z.string() }).safeParse(await csrf.json().catch(() => undefined));
  if (!said.success) return undefined;
  const { csrfToken } = said.data;
  const response = await callNextAuth(
    ['signin', 'keycloak'],
    new URLSearchParams({
      ui_locales: locale,
      ...(hint.loginHint ? { login_hint: hint.loginHint } : {}),
      ...(hint.provider ? { kc_idp_hint: hint.provider } : {}),
    }),
    new URLSearchParams({
      csrfToken,
      callbackUrl: env().PORTAL_URL + (landing === 'preview' ? PREVIEW : `/${locale}/welcome`),
    }),
  );
  const location = response.headers.get('location');
  return location?.startsWith(`${env().KEYCLOAK_URL}/`) ? location : undefined;
}

/**
 * Ends the portal's session and the SSO session at Keycloak; only in a server action.
 * @returns false when Keycloak could not end its part
 */
export async function signOut(): Promise<boolean> {
  const found = await readSession();
  const store = await cookies();
  for (const { name } of store.getAll())
    if (name.includes('next-auth.')) store.set({ ...cookieOptions(0), name, value: '' });
  const refreshToken = await takeWayOut();
  if (refreshToken !== undefined) return endSession(refreshToken);
  return found === undefined;
}
