import 'server-only';
import { env } from '@/lib/env';
import type { Lane } from '@/lib/resilience/dependencies';
import { callUnderPolicy } from '@/lib/resilience/policy';

/** The realm's address, which is also its issuer (OpenID Connect Discovery 1.0, 4). */
export function realmUrl(): string {
  const { KEYCLOAK_URL, KEYCLOAK_REALM } = env();
  return `${KEYCLOAK_URL}/realms/${encodeURIComponent(KEYCLOAK_REALM)}`;
}

/**
 * Where people choose a new password by mail; for those who come without a sign-in (`LoginActionsService`).
 * @param locale language of the page
 */
export function resetPasswordUrl(locale: string): string {
  const query = new URLSearchParams({ client_id: env().KEYCLOAK_CLIENT_ID, kc_locale: locale });
  return `${realmUrl()}/login-actions/reset-credentials?${query}`;
}

/** What is no answer of Keycloak's, but of one that is away or has too much to do. */
const AWAY = [429, 502, 503, 504];

/** An answer that came whole, and says that Keycloak is away. */
class Away extends Error {
  constructor(readonly response: Response) {
    super(`HTTP ${response.status}`);
  }
}

/** Status codes whose answers have no body (RFC 9110, 15.3.5 and 15.4.5). */
const EMPTY = [204, 205, 304];

/**
 * Asks one of Keycloak's endpoints that need no administrator: under the portal's policy, to the end of the answer's body,
 * and past every cache of Next's.
 * @param url an address of Keycloak
 * @param init as for `fetch`; only what may be sent twice
 * @param lane see `Lane`
 * @returns the whole answer, whatever its status
 * @throws TypeError, TimeoutError or NotTried when Keycloak can't be reached
 */
export async function fetchFromKeycloak(
  url: string | URL,
  init: RequestInit = {},
  lane: Lane = 'look',
): Promise<Response> {
  try {
    return await callUnderPolicy(
      'keycloak',
      async (signal) => {
        const answer = await fetch(url, { ...init, signal, cache: 'no-store' });
        const { status, headers } = answer;
        const body = EMPTY.includes(status) ? null : await answer.arrayBuffer();
        const whole = new Response(body, { status, headers });
        if (AWAY.includes(status)) throw new Away(whole);
        return whole;
      },
      { repeatable: true, lane },
    );
  } catch (error) {
    if (error instanceof Away) return error.response;
    throw error;
  }
}
