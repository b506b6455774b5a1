import 'server-only';
import { createClient } from '@redis/client';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { callUnderPolicy, openFor } from '@/lib/resilience/policy';
import { log, reason } from '@/lib/telemetry/log';

const RECONNECT_MS = 1_000;

/** A connection to Redis that may be there or not. */
export interface SharedStore {
  readonly client: ReturnType<typeof connect>;
  /** Whether it can be asked just now. */
  isUsable(): boolean;
  /**
   * Asks it under the portal's policy (`callUnderPolicy`).
   * @throws the error of the work, `NotTried`, or one named `TimeoutError`
   */
  ask<T>(work: () => Promise<T>): Promise<T>;
}

function connect(url: string) {
  return createClient({
    url,
    // What can't be counted there now is counted here; a queue would only be counted late.
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: () => RECONNECT_MS },
  });
}

function open(url: string): SharedStore {
  const client = connect(url);
  let isLost = false;
  const lost = (error: unknown) => {
    if (!isLost) log('error', 'throttle.redis-lost', { reason: reason(error) });
    isLost = true;
  };
  const back = () => {
    if (isLost) log('info', 'throttle.redis-back');
    isLost = false;
  };
  client.on('error', lost);
  client.on('ready', back);
  // It goes on trying by itself; what went wrong comes as an event.
  client.connect().catch(lost);
  return {
    client,
    // A circuit that is open is asked once in a while.
    isUsable: () => client.isReady && openFor('redis') === 0,
    async ask(work) {
      try {
        // What is no error is an answer: a limiter's refusal.
        const answer = await callUnderPolicy('redis', work, { isRefusal: (error) => !(error instanceof Error) });
        back();
        return answer;
      } catch (error) {
        if (error instanceof Error) lost(error);
        throw error;
      }
    },
  };
}

/** The store that all instances share; undefined where `REDIS_URL` is not set. */
export function sharedStore(): SharedStore | undefined {
  const { REDIS_URL } = env();
  return REDIS_URL === undefined ? undefined : processWide('redis', () => open(REDIS_URL));
}
