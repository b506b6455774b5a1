import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { cookies } from 'next/headers';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { cookieOptions, hostCookie } from '@/lib/cookies';
import { processWide } from '@/lib/process-wide';
import { seal, unseal } from '@/lib/sign-up/seal';

const PURPOSE = 'way-out';

const cookieName = () => hostCookie('vestibule-way-out');

const wayOut = z.object({ refreshToken: z.string() });

interface SignIn {
  refreshToken?: string | undefined;
}

const signIns = () => processWide('sign-ins-under-way', () => new AsyncLocalStorage<SignIn>());

/**
 * Takes note of what ends the session at Keycloak, within `withWayOut`.
 * @param refreshToken as the token endpoint gave it; undefined where the client gets none
 */
export function noteWayOut(refreshToken: string | undefined): void {
  const signIn = signIns().getStore();
  if (signIn !== undefined) signIn.refreshToken = refreshToken;
}

/**
 * Has the answer to a sign-in keep what ends the session at Keycloak, sealed in the visitor's own browser: the refresh token,
 * which is of use only with the client's secret. The cookie is added to the answer itself: with `cookies()` Next writes the
 * answer's own cookies anew, and turns those that are to go, `Max-Age=0`, into ones that stay.
 * @param work the sign-in
 * @param lifetime seconds
 */
export async function withWayOut(work: () => Promise<Response>, lifetime: number): Promise<Response> {
  const signIn: SignIn = {};
  const response = await signIns().run(signIn, work);
  if (signIn.refreshToken === undefined) return response;
  const sealed = await seal(PURPOSE, { refreshToken: signIn.refreshToken }, lifetime);
  const kept = new NextResponse().cookies.set(cookieName(), sealed, cookieOptions(lifetime));
  response.headers.append('set-cookie', kept.toString());
  return response;
}

/**
 * Gives it back, once; only in a server action.
 * @returns undefined where this browser has none
 */
export async function takeWayOut(): Promise<string | undefined> {
  const store = await cookies();
  const kept = wayOut.safeParse(await unseal(PURPOSE, store.get(cookieName())?.value));
  store.set(cookieName(), '', cookieOptions(0));
  return kept.data?.refreshToken;
}
