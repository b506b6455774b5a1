import 'server-only';
import KeycloakAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import { env } from '@/lib/env';
import { type CallOptions, callUnderPolicy, isNotTried } from '@/lib/resilience/policy';
import { reason } from '@/lib/telemetry/log';
import { accessToken, forgetAccessToken, heldToken, isTokenRefused } from './token';

/** Keycloak can't be used just now. `reason` is fit for a log. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly reason: string;
  /** The request may have been carried out, and only its answer been lost. */
  readonly isUncertain?: true;
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
      // The policy stops waiting; this ends the request itself.
      timeout: KEYCLOAK_TIMEOUT_MS,
      requestOptions: { headers: { 'accept-language': locale }, cache: 'no-store' },
    });
    // A call that is under way asks for nothing more: `callAdmin` has seen to the token before.
    client.registerTokenProvider({ getAccessToken: async () => heldToken() });
    clients.set(locale, client);
  }
  return client;
}

/** Keycloak sheds load, or is away: 500 as well, where it has not even said so in its own words. */
function isAway({ response, responseData }: NetworkError): boolean {
  const { status } = response;
  return [429, 502, 503, 504].includes(status) || (status >= 500 && typeof responseData !== 'object');
}

const isRefusal = (error: unknown) => error instanceof NetworkError && !isAway(error);

/** Faults that come before a request is on its way (`node:net`, undici). */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

function mayBeDone(error: unknown): boolean {
  if (isNotTried(error) || isTokenRefused(error)) return false;
  if (error instanceof NetworkError) return ![429, 503].includes(error.response.status);
  return !NOT_SENT.some((code) => reason(error).endsWith(code));
}

function unavailable(error: unknown): Unavailable {
  const isHttp = error instanceof NetworkError;
  const refused = isTokenRefused(error) ? ` ${error.status}` : '';
  return {
    status: 'unavailable',
    reason: isHttp ? `HTTP ${error.response.status}` : `${reason(error)}${refused}`,
    ...(mayBeDone(error) && { isUncertain: true }),
  };
}

/** How a call is made: see `CallOptions`. `locale`: BCP 47 tag for `Accept-Language`. */
type AdminCall = Pick<CallOptions, 'repeatable' | 'lane'> & { readonly locale?: string };

/** For asking what a page or a waiting tab needs to know. */
export const LOOK: AdminCall = { repeatable: true, lane: 'look' };

/** For asking on the way of a sign-up, and for writing what is the same the second time. */
export const REPEATABLE: AdminCall = { repeatable: true };

/**
 * Calls Keycloak's admin API under the portal's policy (`callUnderPolicy`). A 401 is tried once more with a new token: nothing
 * was done, so that is safe for any method.
 * @param call what to do with the client
 * @param options `repeatable` for what may be done twice
 * @returns the value, Keycloak's refusal (4xx, and a 500 with a body of Keycloak's own), or `unavailable`; never throws. A 403
 *   is a refusal: the portal may manage what it made, and not what others made
 */
export async function callAdmin<T>(
  call: (client: KeycloakAdminClient) => Promise<T>,
  { locale = 'en', ...options }: AdminCall = {},
): Promise<Answer<T>> {
  for (let attempt = 0; ; attempt++) {
    let token = '';
    try {
      // Before, and not in, the call: all that wait for a token would keep the places that it is fetched in.
      token = await accessToken();
      return {
        status: 'ok',
        value: await callUnderPolicy('keycloak', () => call(adminClient(locale)), { ...options, isRefusal }),
      };
    } catch (error) {
      if (!(error instanceof NetworkError) || isAway(error)) return unavailable(error);
      const http = error.response.status;
      if (http !== 401) return { status: 'refused', http, body: error.responseData };
      forgetAccessToken(token);
      // Our own account is set up wrongly.
      if (attempt > 0) return { status: 'unavailable', reason: 'HTTP 401' };
    }
  }
}
