import { expect, test, vi } from 'vitest';
import { cached } from './cached';

function clock() {
  let time = 0;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

test('many who ask at once cause one load', async () => {
  const load = vi.fn(async () => 'value');
  const value = cached(load, { ttlMs: 1_000, onError: () => undefined });
  expect(await Promise.all([value.get(), value.get(), value.get()])).toEqual(['value', 'value', 'value']);
  expect(load).toHaveBeenCalledTimes(1);
});

test('an old value is served at once while a new one is loaded behind it', async () => {
  const time = clock();
  let version = 0;
  const value = cached(async () => ++version, { ttlMs: 1_000, onError: () => undefined, now: time.now });
  expect(await value.get()).toBe(1);
  time.pass(1_000);
  expect(await value.get()).toBe(1);
  await vi.waitFor(async () => expect(await value.get()).toBe(2));
});

test('when a renewal fails the last good value serves on, and the failure is told', async () => {
  const time = clock();
  const onError = vi.fn();
  const load = vi.fn().mockResolvedValueOnce('good').mockRejectedValue(new Error('down'));
  const value = cached<string>(load, { ttlMs: 1_000, onError, now: time.now });
  await value.get();
  time.pass(1_000);
  expect(await value.get()).toBe('good');
  await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.any(Error), true));
  expect(await value.get()).toBe('good');
  expect(load).toHaveBeenCalledTimes(2);
});

test('without any value yet the failure is the caller’s', async () => {
  const value = cached(() => Promise.reject(new Error('down')), { ttlMs: 1_000, onError: () => undefined });
  await expect(value.get()).rejects.toThrow('down');
});

test('a first load that failed is not repeated at once by everyone who asks', async () => {
  const time = clock();
  const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('up');
  const value = cached<string>(load, { ttlMs: 10_000, onError: () => undefined, now: time.now });
  await expect(value.get()).rejects.toThrow('down');
  await expect(value.get()).rejects.toThrow('down');
  expect(load).toHaveBeenCalledTimes(1);
  time.pass(2_000);
  expect(await value.get()).toBe('up');
});
