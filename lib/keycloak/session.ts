import 'server-only';
import { env } from '@/lib/env';
import { log, reason } from '@/lib/telemetry/log';
import { fetchFromKeycloak, realmUrl } from './public';

/**
 * Ends the SSO session that a refresh token belongs to, and with it the sessions of all applications that came of it
 * (Keycloak `LogoutEndpoint.logoutToken`). An expired token serves, too, and one whose session is no more: 204.
 * @param refreshToken of the client that people sign in through
 * @returns true when the session is no more
 */
export async function endSession(refreshToken: string): Promise<boolean> {
  const { KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET } = env();
  try {
    const { ok, status } = await fetchFromKeycloak(`${realmUrl()}/protocol/openid-connect/logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: KEYCLOAK_CLIENT_ID,
        client_secret: KEYCLOAK_CLIENT_SECRET,
        refresh_token: refreshToken,
      }),
    });
    if (!ok) log('warn', 'sign-out.refused', { reason: `HTTP ${status}` });
    return ok;
  } catch (error) {
    log('warn', 'sign-out.unavailable', { reason: reason(error) });
    return false;
  }
}
