import 'server-only';
import type { Keep } from './keep';

/**
 * How long what is read from the realm is kept (milliseconds). A change shows within the minute that is promised, on a
 * portal that nobody has visited for hours, too: past `oldestMs` a page waits for the renewal. What is left of the minute
 * is for a renewal that is slow.
 */
export const REALM_TIMES = { ttlMs: 20_000, oldestMs: 40_000 };

/** After a failed first load the next one waits this long (milliseconds): whoever asks meanwhile gets the same failure. */
const HOLD_BACK_MS = 2_000;

/** After a failed renewal the next one comes sooner (milliseconds): what serves may be old. */
const AGAIN_MS = 5_000;

/** A value that is read from afar, kept, and renewed in the background. */
export interface Cached<T> {
  /**
   * The value: at once when there is one, while a renewal runs behind it if it is due; waits for the very first, and for a
   * renewal where none has been tried for long. If that fails the last good value is given.
   * @throws what the loader threw, when there has never been a value
   */
  get(): Promise<T>;
  /**
   * The value, loaded anew: by a load that began after the call, since an earlier one may have read what has changed
   * since. Whoever calls while that load waits its turn shares it.
   * @throws what the loader threw; the last good value serves on
   */
  refresh(): Promise<T>;
  /** Whether the last load failed: what serves, if anything does, may be old. */
  isFailing(): boolean;
}

/**
 * Keeps the last good value and renews it when it is older than its time to live. One load runs at a time, and one that
 * failed is not repeated at once: a Keycloak that is down isn't hammered.
 * @param load reads a fresh value
 * @param options ttlMs: milliseconds after the last load from which another is started; oldestMs: from which it is waited
 *   for; onError: told of each failed load, and whether there is a last good value; keep: where the last good value outlives
 *   the process, for a first load that fails; now: clock, in milliseconds
 */
export function cached<T>(
  load: () => Promise<T>,
  options: {
    ttlMs: number;
    oldestMs: number;
    onError: (error: unknown, hasLastGood: boolean) => void;
    keep?: Keep<T>;
    now?: () => number;
  },
): Cached<T> {
  const now = options.now ?? Date.now;
  let last: { readonly value: T } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: { readonly load: Promise<T>; readonly isOverdue: boolean } | undefined;

  const attempt = async (): Promise<T> => {
    try {
      const value = await load();
      last = { value };
      failure = undefined;
      void options.keep?.write(value);
      return value;
    } catch (error) {
      failure = { error };
      if (last === undefined) {
        const kept = await options.keep?.read();
        if (kept !== undefined) last = { value: kept };
      }
      options.onError(error, last !== undefined);
      throw error;
    } finally {
      running = undefined;
    }
  };

  const renew = () => {
    if (running === undefined) {
      // Judged by the last try and not by the value: while tries fail, nobody waits for each of them.
      const isOverdue = now() - triedAt >= options.oldestMs;
      triedAt = now();
      running = { load: attempt(), isOverdue };
    }
    return running;
  };

  return {
    async get() {
      if (last !== undefined) {
        const { value } = last;
        const keptMs = failure === undefined ? options.ttlMs : Math.min(options.ttlMs, AGAIN_MS);
        if (running === undefined && now() - triedAt < keptMs) return value;
        const renewal = renew();
        const renewed = renewal.load.catch(() => value);
        return renewal.isOverdue ? renewed : value;
      }
      if (running === undefined && failure !== undefined && now() - triedAt < HOLD_BACK_MS) throw failure.error;
      return renew().load.catch((error: unknown) => {
        if (last !== undefined) return last.value;
        throw error;
      });
    },
    isFailing: () => failure !== undefined,
    async refresh() {
      await running?.load.catch(() => undefined);
      return renew().load;
    },
  };
}
