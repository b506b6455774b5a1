import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Keeps an endpoint for those who hold its token.
 * @param token the right one; undefined where the endpoint is not open to anybody
 * @param request as it came
 * @returns 404 where there is none, 401 without it; undefined for whoever holds it
 */
export function refusalWithout(token: string | undefined, request: Request): Response | undefined {
  const headers = { 'cache-control': 'no-store' };
  if (token === undefined) return new Response(null, { status: 404, headers });
  if (carriesToken(request.headers.get('authorization'), token)) return undefined;
  return new Response(null, { status: 401, headers: { ...headers, 'www-authenticate': 'Bearer' } });
}

/**
 * Whether a request carries a token (RFC 6750, 2.1). How long the answer takes tells nothing about the right token, not
 * even its length: digests are compared.
 * @param authorization the request's header `Authorization`; null when it has none
 * @param token the right one
 */
export function carriesToken(authorization: string | null, token: string): boolean {
  const [, carried] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  return carried !== undefined && timingSafeEqual(digest(carried), digest(token));
}
