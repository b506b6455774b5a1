import 'server-only';
import { createCipheriv, randomBytes } from 'node:crypto';
import { jwtDecrypt } from 'jose';
import { keyFor, openingKeysFor } from '@/lib/keys';

/** No key is wrapped (`dir`), and the content is encrypted with AES-256 in Galois/Counter Mode (RFC 7518, 4.5 and 5.3). */
const HEADER = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');

/**
 * Encrypts and authenticates a small value for a cookie (JWE, `dir` with A256GCM). Every page has such a value in it, and
 * by way of Web Crypto, as `jose` has it done, it would cost as much as the rest of the page: so it is written here as RFC
 * 7516 (5.1, 7.1) says, and opened by `jose`.
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
    const payload = await open(sealed, key);
    if (payload !== undefined) return payload;
  }
  return undefined;
}

async function open(sealed: string, key: Uint8Array): Promise<unknown> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return payload;
  } catch {
    return undefined;
  }
}
