import 'server-only';
import { createClient } from '@redis/client';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log, reason } from '@/lib/telemetry/log';

/** Longer than this no sign-up waits for a counter (milliseconds). */
const PATIENCE_MS = 1_000;

/** After a silence that long nothing is asked of Redis for a while, so that not every sign-up waits anew (milliseconds). */
const PAUSE_MS = 2_000;

const RECONNECT_MS = 1_000;

/** A connection to Redis that may be there or not. */
export interface SharedStore {
  readonly client: ReturnType<typeof connect>;
  /** Whether it can be asked just now. */
  isUsable(): boolean;
  /**
   * Waits for an answer, but not for long.
   * @throws the error of the work, or one named `TimeoutError`
   */
  within<T>(work: Promise<T>): Promise<T>;
}

function connect(url: string) {
  return createClient({
    url,
    // What can't be counted there now is counted here; a queue would only be counted late.
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: () => RECONNECT_MS },
  });
}

class Silence extends Error {
  override readonly name = 'TimeoutError';
}

function open(url: string): SharedStore {
  const client = connect(url);
  let isLost = false;
  let pausedUntil = 0;
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
    isUsable: () => client.isReady && Date.now() >= pausedUntil,
    async within(work) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Silence()), PATIENCE_MS);
      });
      try {
        const answer = await Promise.race([work, silence]);
        back();
        return answer;
      } catch (error) {
        if (error instanceof Error) {
          lost(error);
          pausedUntil = Date.now() + PAUSE_MS;
        }
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** The store that all instances share; undefined where `REDIS_URL` is not set. */
export function sharedStore(): SharedStore | undefined {
  const { REDIS_URL } = env();
  return REDIS_URL === undefined ? undefined : processWide('redis', () => open(REDIS_URL));
}
