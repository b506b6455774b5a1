import 'server-only';
import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { env } from '@/lib/env';

/** A key of its own for each purpose (RFC 5869), so that nothing sealed for one is accepted for another. */
function key(purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', env().PORTAL_SECRET, 'vestibule', purpose, 32));
}

/**
 * Encrypts and authenticates a small value for a cookie (JWE, `dir` with A256GCM).
 * @param purpose names the use; unsealing needs the same
 * @param value plain JSON
 * @param lifetime seconds until it is no longer accepted
 */
export async function seal(purpose: string, value: Record<string, unknown>, lifetime: number): Promise<string> {
  return new EncryptJWT(value)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + lifetime)
    .encrypt(key(purpose));
}

/**
 * Opens what `seal` made.
 * @returns undefined for anything forged, expired, sealed with another secret or for another purpose
 */
export async function unseal(purpose: string, sealed: string | undefined): Promise<unknown> {
  if (sealed === undefined || sealed === '') return undefined;
  try {
    const { payload } = await jwtDecrypt(sealed, key(purpose), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return payload;
  } catch {
    return undefined;
  }
}
