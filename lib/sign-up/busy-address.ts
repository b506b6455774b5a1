import 'server-only';
import { throttle } from '@/lib/guards/throttle';
import { audit } from '@/lib/telemetry/audit';
import { isFirst } from './told';

const HOUR_MS = 3_600_000;

/**
 * Counts a submit of an address whatever becomes of it, and tells operators, once an hour, of one that sends more than anybody
 * would: the limits refuse it, and somebody should know.
 * @param visitor see `throttleKey`
 */
export async function watchAddress(visitor: string): Promise<void> {
  const passage = await throttle('busy-address', visitor);
  if (passage.passed) return;
  const hour = Math.floor(Date.now() / HOUR_MS);
  if (await isFirst('busy', `${visitor} ${hour}`)) audit('address.busy', {});
}
