import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { log } from '@/lib/telemetry/log';
import { rulesOf } from './dependencies';
import { callUnderPolicy, isLost, NotTried, openFor } from './policy';

vi.mock('@/lib/telemetry/log', async (original) => ({ ...(await original<object>()), log: vi.fn() }));

beforeEach(() => {
  stubPortalEnv();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.mocked(log).mockClear();
  // Each test has dependencies of which nothing is known yet.
  Reflect.deleteProperty(globalThis, 'vestibule');
});

const { faultsInARow, openMs, limitMs } = (() => {
  stubPortalEnv();
  return rulesOf('keycloak');
})();

const fault = () => Promise.reject(new TypeError('fetch failed'));

async function failOften(): Promise<void> {
  for (let index = 0; index < faultsInARow; index++)
    await expect(callUnderPolicy('keycloak', fault)).rejects.toThrow('fetch failed');
}

/** Lets time pass until something has come to its end. */
async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [[result]] = await Promise.all([Promise.allSettled([work]), vi.advanceTimersByTimeAsync(60_000)]);
  return result;
}

test('what may be made twice is tried again after a fault, and nothing else is', async () => {
  const call = vi.fn().mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValue('answer');
  expect(await settled(callUnderPolicy('keycloak', call, { repeatable: true }))).toMatchObject({ value: 'answer' });
  expect(call).toHaveBeenCalledTimes(2);
  const create = vi.fn().mockRejectedValue(new TypeError('fetch failed'));
  expect(await settled(callUnderPolicy('keycloak', create))).toMatchObject({ status: 'rejected' });
  expect(create).toHaveBeenCalledTimes(1);
});

test('a call has its time and no more, is told so, and is not made again: it has been waited for enough', async () => {
  let aborted = false;
  const call = vi.fn(
    (signal: AbortSignal) =>
      new Promise<never>(() => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
      }),
  );
  const asked = callUnderPolicy('keycloak', call, { repeatable: true }).catch((error: Error) => error.name);
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await asked).toBe('TimeoutError');
  expect(aborted).toBe(true);
  expect(call).toHaveBeenCalledTimes(1);
});

test('after so many faults in a row nobody waits any more, and one call tries anew after a while', async () => {
  await failOften();
  const call = vi.fn().mockResolvedValue('answer');
  await expect(callUnderPolicy('keycloak', call)).rejects.toBeInstanceOf(NotTried);
  expect(call).not.toHaveBeenCalled();
  expect(openFor('keycloak')).toBe(openMs);
  expect(isLost('keycloak')).toBe(true);
  await vi.advanceTimersByTimeAsync(openMs);
  expect(openFor('keycloak')).toBe(0);
  expect(await callUnderPolicy('keycloak', call)).toBe('answer');
  expect(isLost('keycloak')).toBe(false);
});

test('while it is away the log says so once, and once that it is back', async () => {
  await failOften();
  await vi.advanceTimersByTimeAsync(openMs);
  await expect(callUnderPolicy('keycloak', fault)).rejects.toThrow('fetch failed');
  await vi.advanceTimersByTimeAsync(openMs);
  await callUnderPolicy('keycloak', async () => 'answer');
  expect(vi.mocked(log).mock.calls.map(([level, event]) => `${level} ${event}`)).toEqual([
    'error dependency.lost',
    'info dependency.back',
  ]);
});

test('a refusal is an answer: it opens nothing, and is handed on as it came', async () => {
  const refusal = new Error('409');
  const options = { isRefusal: (error: unknown) => error === refusal };
  for (let index = 0; index < 2 * faultsInARow; index++)
    await expect(callUnderPolicy('keycloak', () => Promise.reject(refusal), options)).rejects.toBe(refusal);
  expect(isLost('keycloak')).toBe(false);
});

test('open tabs that ask how far they are never take the places of sign-ups', async () => {
  const { atOnce } = rulesOf('keycloak').lanes.look;
  const never = () => new Promise<never>(() => undefined);
  const asking = Array.from({ length: 3 * atOnce }, () => callUnderPolicy('keycloak', never, { lane: 'look' }));
  expect(await callUnderPolicy('keycloak', async () => 'made')).toBe('made');
  for (const one of asking) one.catch(() => undefined);
});

test('what does not fit in any more is refused at once, and is no fault of the dependency', async () => {
  const { atOnce, waiting } = rulesOf('captcha').lanes.work;
  const never = () => new Promise<never>(() => undefined);
  for (let index = 0; index < atOnce + waiting; index++) callUnderPolicy('captcha', never).catch(() => undefined);
  await expect(callUnderPolicy('captcha', async () => 'judged')).rejects.toMatchObject({ code: 'TOO_MANY' });
  expect(isLost('captcha')).toBe(false);
});
