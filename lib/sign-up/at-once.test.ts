import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AT_ONCE_MS, inTurn, once } from './at-once';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const always = () => true;
const holds = async () => true;

test('ten who ask for the same at once get the result of one piece of work', async () => {
  let done = 0;
  const asked = Array.from({ length: 10 }, () => once(['ten', { a: 1 }], async () => ++done, always, holds));
  expect(await Promise.all(asked)).toEqual(Array(10).fill(1));
});

test('whoever asks soon after gets it, too; whoever asks later does not', async () => {
  let done = 0;
  const ask = () => once('soon', async () => ++done, always, holds);
  await ask();
  vi.advanceTimersByTime(AT_ONCE_MS - 1);
  expect(await ask()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await ask()).toBe(2);
});

test('what was refused, or broke, is tried anew', async () => {
  let done = 0;
  const refuse = () =>
    once(
      'refused',
      async () => ++done,
      () => false,
      holds,
    );
  expect([await refuse(), await refuse()]).toEqual([1, 2]);
  const broken = () => once('broken', () => Promise.reject(new Error(`${++done}`)), always, holds);
  await expect(broken()).rejects.toThrow('3');
  await expect(broken()).rejects.toThrow('4');
});

test('what no longer holds is done anew, once for all who ask', async () => {
  let done = 0;
  const ask = () =>
    once(
      'gone',
      async () => ++done,
      always,
      async (result) => result !== 1,
    );
  await ask();
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([2, 2, 2]);
  expect(await ask()).toBe(2);
});

test('another question is another piece of work', async () => {
  let done = 0;
  const ask = (password: string) => once({ email: 'a@b.c', password }, async () => ++done, always, holds);
  expect([await ask('one'), await ask('other')]).toEqual([1, 2]);
});

test('work about one thing is done in turn, and a failure does not stop the next; about two things, side by side', async () => {
  const said: string[] = [];
  const step =
    (name: string, fails = false) =>
    async () => {
      said.push(`${name} begins`);
      await Promise.resolve();
      said.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const results = await Promise.allSettled([
    inTurn('a', step('1', true)),
    inTurn('a', step('2')),
    inTurn('b', step('3')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(said.filter((line) => !line.startsWith('3'))).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  expect(said.indexOf('3 begins')).toBeLessThan(said.indexOf('2 begins'));
});
