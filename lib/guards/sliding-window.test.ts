import { describe, expect, it } from 'vitest';
import { slide, windowAt } from './sliding-window';

const HOUR = 3_600;
const MINUTES = 60_000;

const waitFor = (counts: { passed: number; before: number; current: number; points: number }) =>
  slide({ ...counts, duration: HOUR });

describe('a sliding window', () => {
  it('lets as many pass as there are points', () => {
    expect(waitFor({ passed: 0.5, before: 0, current: 4, points: 5 })).toBe(0);
    expect(waitFor({ passed: 0.5, before: 0, current: 5, points: 5 })).toBeGreaterThan(0);
  });

  it('does not give the whole limit anew when the hour turns', () => {
    // All five were taken at the end of the last hour, and a minute of this one has passed.
    expect(waitFor({ passed: 1 / 60, before: 5, current: 0, points: 5 })).toBeCloseTo(11 * MINUTES, -3);
  });

  it('forgets evenly what was taken in the window before', () => {
    expect(waitFor({ passed: 0.2, before: 5, current: 0, points: 5 })).toBe(0);
    expect(waitFor({ passed: 0.2, before: 5, current: 1, points: 5 })).toBe(12 * MINUTES);
  });

  it('says a wait after which one more does pass', () => {
    for (const passed of [0, 0.25, 0.99])
      for (const before of [0, 3, 20])
        for (const current of [0, 4, 5, 20])
          for (const points of [1, 5]) {
            const wait = waitFor({ passed, before, current, points });
            const later = passed + wait / (HOUR * 1000);
            const after =
              later < 1
                ? { passed: later, before, current, points }
                : { passed: later - 1, before: current, current: 0, points };
            expect(waitFor(after), JSON.stringify({ passed, before, current, points })).toBeLessThanOrEqual(1);
          }
  });

  it('is the same window for everybody', () => {
    expect(windowAt(7_200_000, HOUR)).toEqual({ index: 2, passed: 0 });
    expect(windowAt(9_000_000, HOUR)).toEqual({ index: 2, passed: 0.5 });
  });
});
