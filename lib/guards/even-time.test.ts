import { expect, it, vi } from 'vitest';
import { atLeast } from './even-time';

it('answers no sooner than told, with whatever the work came to', async () => {
  vi.useFakeTimers();
  let answer: string | undefined;
  const done = atLeast(600, Promise.resolve('done')).then((value) => {
    answer = value;
  });
  const failed = atLeast(600, Promise.reject(new Error('down'))).catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(599);
  expect(answer).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(answer).toBe('done');
  expect(await failed).toBe('down');
  vi.useRealTimers();
});
