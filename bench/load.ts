import { quantile } from './stats';

/** What came of so many at once. */
export interface Rate {
  readonly perSecond: number;
  /** Milliseconds that half, and ninety-nine of a hundred, did not exceed. */
  readonly p50: number;
  readonly p99: number;
  readonly done: number;
  readonly failed: number;
}

/** Until when a load runs. */
export type Until = { readonly seconds: number } | { readonly count: number };

/**
 * Has workers do one thing after the other, each its next when its last is done.
 * @param atOnce how many workers
 * @param task one thing; what it throws counts as failed. It gets the worker's number and how many came before it
 */
export async function load(
  atOnce: number,
  until: Until,
  task: (worker: number, number: number) => Promise<void>,
): Promise<Rate> {
  const times: number[] = [];
  let failed = 0;
  let begun = 0;
  const started = performance.now();
  const isOver = () =>
    'seconds' in until ? performance.now() - started >= until.seconds * 1000 : begun >= until.count;
  const work = async (worker: number) => {
    while (!isOver()) {
      const before = performance.now();
      try {
        await task(worker, begun++);
        times.push(performance.now() - before);
      } catch {
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)));
  const seconds = (performance.now() - started) / 1000;
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return { perSecond: times.length / seconds, p50, p99, done: times.length, failed };
}
