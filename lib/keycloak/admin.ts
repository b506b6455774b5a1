import 'server-only';
import KeycloakAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import { env } from '@/lib/env';
import { reason } from '@/lib/telemetry/log';
import { accessToken, forgetAccessToken, TokenRefused } from './token';

/** Keycloak can't be used just now. `reason` is fit for a log. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly reason: string;
}

/** What a call came to: its value, Keycloak's own refusal, or no usable answer at all. */
export type Answer<T> =
  | { readonly status: 'ok'; readonly value: T }
  | { readonly status: 'refused'; readonly http: number; readonly body: unknown }
  | Unavailable;

const clients = new Map<string, KeycloakAdminClient>();

/**
 * The admin client whose requests carry a visitor's language: `POST users` reads `Accept-Language` for `local-date`
 * (Keycloak `DefaultLocaleSelectorProvider`). There are as many clients as languages, so they are kept.
 */
function adminClient(locale: string): KeycloakAdminClient {
  let client = clients.get(locale);
  if (client === undefined) {
    const { KEYCLOAK_URL, KEYCLOAK_REALM, KEYCLOAK_TIMEOUT_MS } = env();
    client = new KeycloakAdminClient({
      baseUrl: KEYCLOAK_URL,
      realmName: KEYCLOAK_REALM,
      timeout: KEYCLOAK_TIMEOUT_MS,
      requestOptions: { headers: { 'accept-language': locale }, cache: 'no-store' },
    });
    client.registerTokenProvider({ getAccessToken: accessToken });
    clients.set(locale, client);
  }
  return client;
}

/**
 * Calls Keycloak's admin API. A 401 is tried once more with a new token: nothing was done, so that is safe for any method.
 * @param call what to do with the client
 * @param locale BCP 47 tag for `Accept-Language`
 * @returns the value, Keycloak's refusal (4xx, and a 500 with a body of Keycloak's own), or `unavailable`; never throws. A 403
 *   is a refusal: the portal may manage what it made, and not what others made
 */
export async function callAdmin<T>(
  call: (client: KeycloakAdminClient) => Promise<T>,
  locale = 'en',
): Promise<Answer<T>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { status: 'ok', value: await call(adminClient(locale)) };
    } catch (error) {
      if (!(error instanceof NetworkError)) {
        const http = error instanceof TokenRefused ? ` ${error.status}` : '';
        return { status: 'unavailable', reason: `${reason(error)}${http}` };
      }
      const http = error.response.status;
      if (http === 401 && attempt === 0) {
        forgetAccessToken();
        continue;
      }
      // 401 means that our own account is set up wrongly; 429 and 502 to 504 that Keycloak sheds load or is away.
      if ([401, 429, 502, 503, 504].includes(http)) return { status: 'unavailable', reason: `HTTP ${http}` };
      return { status: 'refused', http, body: error.responseData };
    }
  }
}
