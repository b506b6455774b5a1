import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { cookieOptions, hostCookie } from '@/lib/cookies';
import { seal, unseal } from '@/lib/sign-up/seal';

const PURPOSE = 'way-out';

const cookieName = () => hostCookie('vestibule-way-out');

const wayOut = z.object({ refreshToken: z.string() });

/**
 * Keeps what ends the session at Keycloak, sealed in the visitor's own browser: the refresh token, which is of use only with
 * the client's secret. Only in a route handler.
 * @param refreshToken as the token endpoint gave it; undefined where the client gets none
 * @param lifetime seconds
 */
export async function keepWayOut(refreshToken: string | undefined, lifetime: number): Promise<void> {
  if (refreshToken === undefined) return;
  const sealed = await seal(PURPOSE, { refreshToken }, lifetime);
  (await cookies()).set(cookieName(), sealed, cookieOptions(lifetime));
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
