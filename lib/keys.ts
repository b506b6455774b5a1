import 'server-only';
import { hkdfSync } from 'node:crypto';
import { env } from '@/lib/env';

/**
 * A key of its own for each purpose, out of the portal's secret (RFC 5869), so that nothing sealed for one is accepted
 * for another.
 * @param purpose names the use
 * @returns 32 bytes
 */
export function keyFor(purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', env().PORTAL_SECRET, 'vestibule', purpose, 32));
}
