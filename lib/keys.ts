import 'server-only';
import { hkdfSync } from 'node:crypto';
import { env } from '@/lib/env';

const derived = new Map<string, Uint8Array>();

/** There are as many keys as purposes, times two secrets: so they are kept. */
function derive(secret: string, purpose: string): Uint8Array {
  const name = JSON.stringify([secret, purpose]);
  const key = derived.get(name) ?? new Uint8Array(hkdfSync('sha256', secret, 'vestibule', purpose, 32));
  derived.set(name, key);
  return key;
}

/**
 * A key of its own for each purpose, out of the portal's secret (RFC 5869), so that nothing sealed for one is accepted
 * for another. What is sealed, is sealed with it.
 * @param purpose names the use
 * @returns 32 bytes
 */
export function keyFor(purpose: string): Uint8Array {
  return derive(env().PORTAL_SECRET, purpose);
}

/**
 * The keys that open what was sealed for a purpose: today's, and while the secret is being changed the one before, too
 * (ASVS 11.1.1, 13.3.4), so that nobody loses a sign-up or a session by it.
 * @param purpose names the use
 * @returns 32 bytes each, the likeliest first
 */
export function openingKeysFor(purpose: string): readonly Uint8Array[] {
  const { PORTAL_SECRET, PORTAL_SECRET_PREVIOUS } = env();
  const secrets = PORTAL_SECRET_PREVIOUS === undefined ? [PORTAL_SECRET] : [PORTAL_SECRET, PORTAL_SECRET_PREVIOUS];
  return secrets.map((secret) => derive(secret, purpose));
}
