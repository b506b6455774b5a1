import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { echoMail, noteMail } from './mail-echo';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** @returns what the echo came to, and after how many milliseconds */
async function heard(): Promise<[string, number]> {
  const begun = Date.now();
  const echo = echoMail();
  await vi.runAllTimersAsync();
  return [await echo, Date.now() - begun];
}

test('an echo takes as long as the last mails did, one odd mail aside', async () => {
  expect(await heard()).toEqual(['sent', 150]);
  for (const duration of [80, 90, 100, 4_000, 95]) noteMail('sent', duration, 'one');
  expect(await heard()).toEqual(['sent', 95]);
});

test('while mails do not go out the echo says so, until one does', async () => {
  noteMail('failed', 1_000, 'one');
  noteMail('failed', 2_000, 'other');
  expect(await heard()).toEqual(['failed', 2_000]);
  noteMail('sent', 95, 'one');
  expect((await heard())[0]).toBe('sent');
});

test('one visitor alone, with addresses that the mail server refuses, changes nothing for others', async () => {
  for (let count = 0; count < 9; count++) noteMail('failed', 2_000, 'one');
  expect((await heard())[0]).toBe('sent');
});

test('an old failure says nothing any more', async () => {
  noteMail('failed', 2_000, 'one');
  noteMail('failed', 2_000, 'other');
  await vi.advanceTimersByTimeAsync(300_000);
  expect((await heard())[0]).toBe('sent');
});
