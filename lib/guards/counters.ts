import 'server-only';
import { createHmac } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { keyFor } from '@/lib/keys';
import { processWide } from '@/lib/process-wide';
import { sharedStore } from '@/lib/shared-store';
import { isSliding, limitOf, type ThrottlePolicy } from './limits';

function options(policy: ThrottlePolicy) {
  const { points, duration } = limitOf(policy);
  // A sliding window reaches back into the one before.
  return { keyPrefix: `vestibule:${policy}`, points, duration: isSliding(policy) ? 2 * duration : duration };
}

const own = (policy: ThrottlePolicy) => processWide(`counters ${policy}`, () => new RateLimiterMemory(options(policy)));

/**
 * Counts where all instances do, or, while nobody answers there, in this one's memory with the same limits: neither is the
 * gate open then, nor shut for everybody (ASVS 16.5.2).
 * @param policy a row of the table
 * @param work what to do with the policy's counters
 */
export async function counted<T>(
  policy: ThrottlePolicy,
  work: (counters: RateLimiterAbstract) => Promise<T>,
): Promise<T> {
  const store = sharedStore();
  if (store?.isUsable()) {
    const shared = processWide(
      `shared counters ${policy}`,
      () => new RateLimiterRedis({ ...options(policy), storeClient: store.client, useRedisPackage: true }),
    );
    try {
      return await store.ask(() => work(shared));
    } catch (refusal) {
      // A refusal is an answer, and no error.
      if (!(refusal instanceof Error)) throw refusal;
    }
  }
  return work(own(policy));
}

/**
 * The name under which something is counted. It is kept in Redis or in memory, where no address belongs: what is kept is a
 * digest under the portal's own key, the same on every instance.
 * @param policy tells the counters of one thing apart
 * @param thing a client address, an e-mail address, an account's id
 */
export function counterName(policy: ThrottlePolicy, thing: string): string {
  return createHmac('sha256', keyFor('throttle')).update(`${policy} ${thing}`).digest('base64url').slice(0, 27);
}
