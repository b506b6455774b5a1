import 'server-only';

/** A change in the realm shows within this time (milliseconds); well under the minute that is promised. */
export const REALM_TTL_MS = 20_000;

/** After a failed first load the next one waits this long (milliseconds): whoever asks meanwhile gets the same failure. */
const HOLD_BACK_MS = 2_000;

/** A value that is read from afar, kept, and renewed in the background. */
export interface Cached<T> {
  /**
   * The value: at once when there is one, however old, while a renewal runs behind it; waits only for the very first.
   * @throws what the loader threw, when there has never been a value
   */
  get(): Promise<T>;
  /**
   * The value, loaded anew: by a load that began after the call, since an earlier one may have read what has changed
   * since. Whoever calls while that load waits its turn shares it.
   * @throws what the loader threw; the last good value serves on
   */
  refresh(): Promise<T>;
}

/**
 * Keeps the last good value and renews it when it is older than its time to live. One load runs at a time, and one that
 * failed is not repeated at once: a Keycloak that is down isn't hammered.
 * @param load reads a fresh value
 * @param options ttlMs: age in milliseconds from which a renewal is started; onError: told of each failed load, and
 *   whether there is a last good value; now: clock, in milliseconds
 */
export function cached<T>(
  load: () => Promise<T>,
  options: { ttlMs: number; onError: (error: unknown, hasLastGood: boolean) => void; now?: () => number },
): Cached<T> {
  const now = options.now ?? Date.now;
  let last: { readonly value: T } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<T> | undefined;

  const renew = (): Promise<T> => {
    running ??= (async () => {
      triedAt = now();
      try {
        const value = await load();
        last = { value };
        return value;
      } catch (error) {
        failure = { error };
        options.onError(error, last !== undefined);
        throw error;
      } finally {
        running = undefined;
      }
    })();
    return running;
  };

  return {
    async get() {
      const age = now() - triedAt;
      if (last !== undefined) {
        if (age >= options.ttlMs) renew().catch(() => undefined);
        return last.value;
      }
      if (running === undefined && failure !== undefined && age < HOLD_BACK_MS) throw failure.error;
      return renew();
    },
    async refresh() {
      await running?.catch(() => undefined);
      return renew();
    },
  };
}
