import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { fetchFromKeycloak, realmUrl } from './public';

/** Renewed this long before it expires, so that a token never dies on its way (milliseconds). */
const RENEW_BEFORE_MS = 30_000;

const tokenResponse = z.object({ access_token: z.string(), expires_in: z.number() });

interface TokenCache {
  held?: { readonly token: string; readonly renewAt: number } | undefined;
  pending?: Promise<string> | undefined;
}

function tokenCache(): TokenCache {
  return processWide('access-token', () => ({}));
}

async function request(): Promise<NonNullable<TokenCache['held']>> {
  const { KEYCLOAK_ADMIN_CLIENT_ID, KEYCLOAK_ADMIN_CLIENT_SECRET } = env();
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: KEYCLOAK_ADMIN_CLIENT_ID,
    client_secret: KEYCLOAK_ADMIN_CLIENT_SECRET,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const endpoint = `${realmUrl()}/protocol/openid-connect/token`;
  const response = await fetchFromKeycloak(endpoint, { method: 'POST', headers, body }, 'token');
  if (!response.ok) throw new TokenRefused(response.status);
  const { access_token, expires_in } = tokenResponse.parse(await response.json());
  return { token: access_token, renewAt: Date.now() + expires_in * 1000 - RENEW_BEFORE_MS };
}

/** Keycloak did not give the service account a token: wrong secret, client disabled, realm gone, or Keycloak ailing. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  /** @param status HTTP status of the token endpoint's answer */
  constructor(readonly status: number) {
    super(`The token endpoint answered ${status}`);
  }
}

/** @returns whether an error is a {@link TokenRefused}; not by its class, of which Next has several copies */
export function isTokenRefused(error: unknown): error is TokenRefused {
  return error instanceof Error && error.name === 'TokenRefused';
}

/**
 * The service account's access token (RFC 6749, 4.4): cached until shortly before it expires, and asked for once however
 * many callers wait. Keycloak gives no refresh token for this grant.
 * @throws TokenRefused when Keycloak answers anything but 2xx; TypeError, TimeoutError or NotTried when it can't be reached
 */
export async function accessToken(): Promise<string> {
  const cache = tokenCache();
  if (cache.held !== undefined && Date.now() < cache.held.renewAt) return cache.held.token;
  cache.pending ??= request()
    .then((held) => {
      cache.held = held;
      return held.token;
    })
    .finally(() => {
      cache.pending = undefined;
    });
  return cache.pending;
}

/** The token as it was last fetched, without asking for another; empty where there is none. */
export function heldToken(): string {
  return tokenCache().held?.token ?? '';
}

/**
 * Forgets a token, after Keycloak refused it with 401 (keys rotated, client secret changed, realm re-imported). One that was
 * fetched meanwhile stays: many calls may have been refused with the same.
 * @param token the one that was refused
 */
export function forgetAccessToken(token: string): void {
  const cache = tokenCache();
  if (cache.held?.token === token) cache.held = undefined;
}
