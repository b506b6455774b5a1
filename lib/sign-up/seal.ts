import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { keyFor, openingKeysFor } from '@/lib/keys';

/** No key is wrapped (`dir`), and the content is encrypted with AES-256 in Galois/Counter Mode (RFC 7518, 4.5 and 5.3). */
const HEADER = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');

const sealedClaims = z.looseObject({ exp: z.number() });

/**
 * Encrypts and authenticates a small value for a cookie (JWE, `dir` with A256GCM). Every page has such a value in it, and
 * by way of Web Crypto, as libraries have it done, it would cost as much as the rest of the page: so it is written and
 * opened here as RFC 7516 (5.1, 5.2, 7.1) says, in the one shape that there is.
 * @param purpose names the use; unsealing needs the same
 * @param value plain JSON
 * @param lifetime seconds until it is no longer accepted
 */
export async function seal(purpose: string, value: Record<string, unknown>, lifetime: number): Promise<string> {
  const claims = { ...value, exp: Math.floor(Date.now() / 1000) + lifetime };
  // 96 bits of their own for each (RFC 7518, 5.3).
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), iv).setAAD(Buffer.from(HEADER));
  const content = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()]);
  const [ivText, text, tag] = [iv, content, cipher.getAuthTag()].map((bytes) => bytes.toString('base64url'));
  return `${HEADER}..${ivText}.${text}.${tag}`;
}

/**
 * Opens what `seal` made, with this secret or the one before (`openingKeysFor`).
 * @returns undefined for anything forged, expired, sealed with another secret or for another purpose
 */
export async function unseal(purpose: string, sealed: string | undefined): Promise<unknown> {
  if (sealed === undefined || sealed === '') return undefined;
  for (const key of openingKeysFor(purpose)) {
    const payload = open(sealed, key);
    if (payload !== undefined) return payload;
  }
  return undefined;
}

/** What `seal` writes: no key, 96 bits of IV, some content, 128 bits of tag (RFC 7518, 5.3). */
const SEALED = /^([\w-]+)\.\.([\w-]{16})\.([\w-]+)\.([\w-]{22})$/;

function open(sealed: string, key: Uint8Array): unknown {
  const [whole, header, iv = '', content = '', tag = ''] = SEALED.exec(sealed) ?? [];
  if (whole === undefined || header !== HEADER) return undefined;
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
    cipher.setAAD(Buffer.from(HEADER)).setAuthTag(Buffer.from(tag, 'base64url'));
    const text = Buffer.concat([cipher.update(content, 'base64url'), cipher.final()]).toString('utf8');
    const claims = sealedClaims.parse(JSON.parse(text));
    return claims.exp > Date.now() / 1000 ? claims : undefined;
  } catch {
    // Forged: what is not authentic is not looked at.
    return undefined;
  }
}
