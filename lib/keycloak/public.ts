import 'server-only';
import { env } from '@/lib/env';

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

/**
 * Asks one of Keycloak's endpoints that need no administrator: within the time limit, and past every cache of Next's.
 * @param url an address of Keycloak
 * @param init as for `fetch`
 * @throws TypeError or TimeoutError when Keycloak can't be reached
 */
export function fetchFromKeycloak(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(env().KEYCLOAK_TIMEOUT_MS), cache: 'no-store' });
}
