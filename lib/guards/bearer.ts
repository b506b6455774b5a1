import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

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
