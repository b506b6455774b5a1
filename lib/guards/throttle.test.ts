import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { counterName } from './counters';
import { countOf, countUp, forget, giveBack, hold, secondsLeft, throttle, throttleAll } from './throttle';

beforeEach(() => stubPortalEnv());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

it('says how long a policy would refuse, and takes nothing by saying so', async () => {
  const key = randomUUID();
  expect(await secondsLeft('mail-cooldown', key)).toBe(0);
  expect(await throttle('mail-cooldown', key)).toEqual({ passed: true });
  expect(await secondsLeft('mail-cooldown', key)).toBe(30);
  expect(await throttle('mail-cooldown', key)).toEqual({ passed: false, retryAfter: 30 });
});

it('refuses for as long as it is told to, shorter or longer than the policy', async () => {
  const key = randomUUID();
  await throttle('mail-cooldown', key);
  await hold('mail-cooldown', key, 5);
  expect(await secondsLeft('mail-cooldown', key)).toBe(5);
  await hold('mail-cooldown', key);
  expect(await secondsLeft('mail-cooldown', key)).toBe(30);
});

it('gives back what was taken for nothing', async () => {
  const key = randomUUID();
  await throttle('owner-mail', key);
  expect(await secondsLeft('owner-mail', key)).toBeGreaterThan(3_500);
  await giveBack('owner-mail', key);
  expect(await secondsLeft('owner-mail', key)).toBe(0);
  expect(await throttle('owner-mail', key)).toEqual({ passed: true });
});

it('counts without refusing, until it is told to forget', async () => {
  const key = randomUUID();
  expect([await countUp('mail-failures', key), await countUp('mail-failures', key)]).toEqual([1, 2]);
  await forget('mail-failures', key);
  expect(await countUp('mail-failures', key)).toBe(1);
});

it('says how many were counted, and counts nothing by saying so', async () => {
  const key = randomUUID();
  expect(await countOf('captcha-attempts', key)).toBe(0);
  await countUp('captcha-attempts', key);
  expect([await countOf('captcha-attempts', key), await countOf('captcha-attempts', key)]).toEqual([1, 1]);
});

describe('a limit that slides', () => {
  /** The accounts of one address in an hour, by default. */
  const LIMIT = 5;

  const take = async (key: string, times: number) => {
    const answers = await Promise.all(Array.from({ length: times }, () => throttle('accounts', key)));
    return answers.filter(({ passed }) => passed).length;
  };

  it('lets no more pass than it has points, however many come at once', async () => {
    expect(await take(randomUUID(), 4 * LIMIT)).toBe(LIMIT);
  });

  it('counts each for itself', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    expect([await take(one, LIMIT), await take(other, LIMIT)]).toEqual([LIMIT, LIMIT]);
  });

  it('does not double what may be had when the hour turns, and lets one pass when it said it would', async () => {
    const key = randomUUID();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 10, 59, 30) });
    expect(await take(key, LIMIT)).toBe(LIMIT);
    vi.setSystemTime(Date.UTC(2026, 0, 1, 11, 0, 30));
    const answer = await throttle('accounts', key);
    expect(answer).toEqual({ passed: false, retryAfter: 690 });
    expect(await secondsLeft('accounts', key)).toBe(690);
    vi.setSystemTime(Date.now() + 691_000);
    expect(await take(key, LIMIT)).toBe(1);
  });

  it('does not make the wait longer for whoever tries again and again', async () => {
    const key = randomUUID();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 10, 30) });
    await take(key, LIMIT);
    const before = await secondsLeft('accounts', key);
    await take(key, 50);
    expect(await secondsLeft('accounts', key)).toBe(before);
  });

  it('takes nothing of one limit where another one refuses', async () => {
    const [visitor, inbox] = [randomUUID(), randomUUID()];
    await hold('mail-cooldown', inbox);
    const both = [['accounts', visitor] as const, ['mail-cooldown', inbox] as const];
    for (let again = 0; again < 2 * LIMIT; again++)
      expect(await throttleAll(both)).toEqual({ passed: false, retryAfter: 30, policy: 'mail-cooldown' });
    expect(await take(visitor, LIMIT)).toBe(LIMIT);
  });
});

it('keeps no address: what is counted has a name that only this portal can make', () => {
  const name = counterName('mail-target', 'ada@example.com');
  expect(name).toMatch(/^[\w-]{27}$/);
  expect(counterName('mail-target', 'ada@example.com')).toBe(name);
  expect(counterName('accounts', 'ada@example.com')).not.toBe(name);
});
