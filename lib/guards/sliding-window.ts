/** Where a moment lies in the windows that time is cut into. */
interface Moment {
  /** The window's number since 1970. */
  readonly index: number;
  /** How much of it has passed, from 0 to 1. */
  readonly passed: number;
}

/**
 * The window of a moment; the same on every machine whose clock is right.
 * @param now milliseconds since 1970
 * @param duration of a window, in seconds
 */
export function windowAt(now: number, duration: number): Moment {
  const windows = now / (duration * 1000);
  const index = Math.floor(windows);
  return { index, passed: windows - index };
}

interface Counts {
  readonly passed: number;
  /** Points that were taken in the window before. */
  readonly before: number;
  /** Points that were taken in this one. */
  readonly current: number;
  readonly points: number;
  /** Of a window, in seconds. */
  readonly duration: number;
}

/**
 * How long until one more point may be taken, when what was taken in the window before counts by the share of it that the
 * last `duration` still covers (a sliding window counter).
 * @returns milliseconds; 0 when it may be taken now
 */
export function slide({ passed, before, current, points, duration }: Counts): number {
  const room = points - 1;
  const millis = duration * 1000;
  if (before * (1 - passed) + current <= room) return 0;
  // In this window: enough of the one before has to fall out of sight.
  if (current <= room) return Math.ceil((1 - (room - current) / before - passed) * millis);
  // In the next one, where this one is the one before.
  return Math.ceil((1 - passed + 1 - room / current) * millis);
}
