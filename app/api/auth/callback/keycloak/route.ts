import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions, SESSION_LIFETIME } from '@/lib/auth/options';
import { restartStaleSignIn, toProblemPage } from '@/lib/auth/restart';
import { withWayOut } from '@/lib/auth/way-out';
import { readPendingSignUp } from '@/lib/sign-up/pending';

/**
 * The way back from Keycloak's sign-in, the one endpoint of next-auth that a browser needs. Its others (sign-in, sign-out,
 * session, CSRF token, log) are called within the portal or not at all: what isn't there can't be attacked (ASVS 15.2.3).
 */
export async function GET(request: NextRequest): Promise<Response> {
  const params = Promise.resolve({ nextauth: ['callback', 'keycloak'] });
  const response = await withWayOut(
    (): Promise<Response> => NextAuth(request, { params }, authOptions()),
    SESSION_LIFETIME,
  );
  return (await restartStaleSignIn(request, response, (await readPendingSignUp())?.email)) ?? toProblemPage(response);
}
