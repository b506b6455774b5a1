import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { counted, countUp, forget, giveBack, hold, secondsLeft, throttle } from './throttle';

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
  expect(await counted('captcha-attempts', key)).toBe(0);
  await countUp('captcha-attempts', key);
  expect([await counted('captcha-attempts', key), await counted('captcha-attempts', key)]).toEqual([1, 1]);
});
