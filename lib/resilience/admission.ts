import 'server-only';
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel';

/** There is no room: `retryAfter` (seconds) is when there will be. */
export class Crowded extends Error {
  override readonly name = 'Crowded';
  constructor(readonly retryAfter: number) {
    super('no room');
  }
}

/** Nobody is asked to come back sooner than this, nor later than that (milliseconds). */
const SOONEST_MS = 2_000;
const LATEST_MS = 60_000;

/** What a piece of work is taken to last until some have been done, and how much the last one counts for the mean. */
const USUAL_MS = 500;
const WEIGHT = 0.1;

/**
 * Lets as many in as can be served, has a few wait at the door, and gives everybody else a time to come back at: each a place
 * of their own behind the others, as fast as work is being done, so that those who were refused together do not return
 * together.
 */
export class Admission {
  readonly #room: BulkheadPolicy;
  readonly #now: () => number;
  readonly #atOnce: number;
  #meanMs = USUAL_MS;
  /** The time of the last place that was given away (milliseconds since 1970). */
  #lastPlace = 0;

  /**
   * @param atOnce how many are served at once; as many again wait at the door
   * @param now the clock (milliseconds since 1970)
   */
  constructor(atOnce: number, now: () => number = Date.now) {
    this.#room = bulkhead(atOnce, atOnce);
    this.#atOnce = atOnce;
    this.#now = now;
  }

  /**
   * Does a piece of work as soon as there is room.
   * @returns its result
   * @throws Crowded where there is no room at the door, either; what the work threw
   */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#room.execute(async () => {
        const started = this.#now();
        try {
          return await work();
        } finally {
          this.#meanMs += WEIGHT * (this.#now() - started - this.#meanMs);
        }
      });
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new Crowded(this.#nextPlace());
      throw error;
    }
  }

  #nextPlace(): number {
    const now = this.#now();
    const behind = this.#lastPlace + this.#meanMs / this.#atOnce;
    this.#lastPlace = Math.min(Math.max(now + SOONEST_MS, behind), now + LATEST_MS);
    return Math.ceil((this.#lastPlace - now) / 1_000);
  }
}
