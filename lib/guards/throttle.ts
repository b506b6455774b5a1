import 'server-only';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { metrics } from '@/lib/telemetry/metrics';
import { counted, counterName } from './counters';
import { isSliding, limitOf, type SlidingPolicy, type ThrottlePolicy, type WaitPolicy } from './limits';
import { slide, windowAt } from './sliding-window';

/** Passed, or how long to wait, in seconds. */
export type ThrottleAnswer = { readonly passed: true } | { readonly passed: false; readonly retryAfter: number };

const PASSED: ThrottleAnswer = { passed: true };

/** Not by its class: Next has several copies of the library, and they share the counters. */
const isRefusal = (rejection: unknown): rejection is RateLimiterRes =>
  typeof rejection === 'object' && rejection !== null && 'msBeforeNext' in rejection;

/** @param milliseconds until it may be tried again */
function refused(policy: ThrottlePolicy, milliseconds: number): ThrottleAnswer {
  metrics().throttled.inc({ policy });
  return { passed: false, retryAfter: inSeconds(milliseconds) };
}

const inSeconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));

/** The names of a thing's counters: of the window before, and of this one. */
function windowsOf(policy: SlidingPolicy, key: string) {
  const { points, duration } = limitOf(policy);
  const { index, passed } = windowAt(Date.now(), duration);
  const name = counterName(policy, key);
  return { before: `${name}:${index - 1}`, current: `${name}:${index}`, limit: { points, duration, passed } };
}

const addTo = (policy: SlidingPolicy, key: string, points: number) =>
  counted(policy, (counters) => counters.penalty(windowsOf(policy, key).current, points));

/**
 * Takes one point of a policy.
 * @param policy a row of the table (`limits.ts`)
 * @param key what is counted: a client address, an e-mail address, an account's id
 */
export async function throttle(policy: ThrottlePolicy, key: string): Promise<ThrottleAnswer> {
  if (isSliding(policy)) {
    const { before, current, limit } = windowsOf(policy, key);
    // Taken first and judged then, so that of many at once no more pass than may.
    const [earlier, taken] = await counted(policy, (counters) =>
      Promise.all([counters.get(before), counters.penalty(current)]),
    );
    const wait = slide({ ...limit, before: earlier?.consumedPoints ?? 0, current: taken.consumedPoints - 1 });
    if (wait === 0) return PASSED;
    // Whoever is refused has taken nothing: trying again and again does not make the wait longer.
    await addTo(policy, key, -1);
    return refused(policy, wait);
  }
  try {
    await counted(policy, (counters) => counters.consume(counterName(policy, key)));
    return PASSED;
  } catch (rejection) {
    if (!isRefusal(rejection)) throw rejection;
    return refused(policy, rejection.msBeforeNext);
  }
}

/**
 * Takes one point of each of several policies, or none: what an earlier one gave is given back when a later one refuses.
 * @param taken policies with their keys, in the order in which they are asked
 */
export async function throttleAll(
  taken: readonly (readonly [ThrottlePolicy, string])[],
): Promise<ThrottleAnswer & { readonly policy?: ThrottlePolicy }> {
  for (const [index, [policy, key]] of taken.entries()) {
    const answer = await throttle(policy, key);
    if (answer.passed) continue;
    for (const [earlier, name] of taken.slice(0, index)) await giveBack(earlier, name);
    return { ...answer, policy };
  }
  return PASSED;
}

/**
 * How long a policy would refuse, without taking a point.
 * @returns seconds; 0 when it would not
 */
export async function secondsLeft(policy: ThrottlePolicy, key: string): Promise<number> {
  if (isSliding(policy)) {
    const { before, current, limit } = windowsOf(policy, key);
    const [earlier, counts] = await counted(policy, (counters) =>
      Promise.all([counters.get(before), counters.get(current)]),
    );
    const wait = slide({ ...limit, before: earlier?.consumedPoints ?? 0, current: counts?.consumedPoints ?? 0 });
    return wait === 0 ? 0 : inSeconds(wait);
  }
  const { points } = limitOf(policy);
  const taken = await counted(policy, (counters) => counters.get(counterName(policy, key)));
  return taken === null || taken.consumedPoints < points ? 0 : inSeconds(taken.msBeforeNext);
}

/**
 * Refuses from now on, whatever was taken before.
 * @param duration seconds; the policy's own when absent
 */
export async function hold(policy: WaitPolicy, key: string, duration?: number): Promise<void> {
  await counted(policy, (counters) => counters.block(counterName(policy, key), duration ?? limitOf(policy).duration));
}

/** Gives a point back that was taken for nothing. */
export async function giveBack(policy: ThrottlePolicy, key: string): Promise<void> {
  if (isSliding(policy)) await addTo(policy, key, -1);
  else await counted(policy, (counters) => counters.reward(counterName(policy, key)));
}

/**
 * Takes a point of a policy that only counts.
 * @returns how many have been taken within its duration
 */
export async function countUp(policy: WaitPolicy, key: string): Promise<number> {
  return (await counted(policy, (counters) => counters.penalty(counterName(policy, key)))).consumedPoints;
}

/** How many points of a policy that only counts have been taken within its duration, without taking one. */
export async function countOf(policy: WaitPolicy, key: string): Promise<number> {
  return (await counted(policy, (counters) => counters.get(counterName(policy, key))))?.consumedPoints ?? 0;
}

/** Forgets what was counted. */
export async function forget(policy: WaitPolicy, key: string): Promise<void> {
  await counted(policy, (counters) => counters.delete(counterName(policy, key)));
}
