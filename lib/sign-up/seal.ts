import 'server-only';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { keyFor, openingKeysFor } from '@/lib/keys';

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
    .encrypt(keyFor(purpose));
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
