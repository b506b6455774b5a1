import 'server-only';
import { clientConfig } from '@/lib/brand/config';
import { type CookieJar, pendingSignUpIn } from './pending';
import { readSignUpRequest } from './request';

/** What of a request tells its client. */
interface PageRequest {
  readonly nextUrl: Pick<URL, 'pathname' | 'searchParams'>;
  readonly cookies: CookieJar;
}

/** Pages of a sign-up that this browser began: its sealed cookie knows the client, and nobody's link can say another. */
const OF_A_SIGN_UP = /^\/[^/]+\/(?:sign-up\/(?:check-email|verified)|welcome|terms|sign-in-problem|signed-out)\/?$/;

/**
 * The client that a page is for: the one that began the sign-up, on the pages after the form; else the one that the query
 * names.
 * @returns undefined where there is none, or none that is configured
 */
export async function clientOfPage({ nextUrl, cookies }: PageRequest): Promise<string | undefined> {
  const { clientId } = OF_A_SIGN_UP.test(nextUrl.pathname)
    ? ((await pendingSignUpIn(cookies)) ?? {})
    : await readSignUpRequest((name) => {
        const all = nextUrl.searchParams.getAll(name);
        return all.length === 1 ? all[0] : undefined;
      });
  return clientConfig(clientId) === undefined ? undefined : clientId;
}
