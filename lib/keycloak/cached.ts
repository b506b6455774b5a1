import 'server-only';

/** A value that is read from afar, kept, and renewed in the background. */
export interface Cached<T> {
  /**
   * The value: at once when there is one, however old, while a renewal runs behind it; waits only for the very first.
   * @throws what the loader threw, when there has never been a value
   */
  get(): Promise<T>;
  /** Makes the next `get` wait for a fresh value, if one can be had. */
  expire(): void;
}

/**
 * Keeps the last good value and renews it when it is older than its time to live. One load runs at a time.
 * @param load reads a fresh value
 * @param options ttlMs: age in milliseconds from which a renewal is started; onError: told of each failed renewal;
 *   now: clock, in milliseconds
 */
export function cached<T>(
  load: () => Promise<T>,
  options: { ttlMs: number; onError: (error: unknown, hasLastGood: boolean) => void; now?: () => number },
): Cached<T> {
  const now = options.now ?? Date.now;
  let last: { readonly value: T; readonly loadedAt: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<T> | undefined;
  let mustWait = false;

  const renew = (): Promise<T> => {
    running ??= (async () => {
      triedAt = now();
      try {
        const value = await load();
        last = { value, loadedAt: now() };
        return value;
      } catch (error) {
        options.onError(error, last !== undefined);
        throw error;
      } finally {
        running = undefined;
        mustWait = false;
      }
    })();
    return running;
  };

  return {
    async get() {
      if (last === undefined) return renew();
      if (mustWait) return renew().catch(() => last?.value as T);
      // A failed renewal is not repeated before another time to live: a Keycloak that is down isn't hammered.
      if (now() - Math.max(last.loadedAt, triedAt) >= options.ttlMs) renew().catch(() => undefined);
      return last.value;
    },
    expire() {
      mustWait = true;
    },
  };
}
