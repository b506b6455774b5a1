import { expect, test, vi } from 'vitest';
import { cached } from './cached';

const TIMES = { ttlMs: 1_000, oldestMs: 2_000 };

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
  const value = cached(load, { ...TIMES, onError: () => undefined });
  expect(await Promise.all([value.get(), value.get(), value.get()])).toEqual(['value', 'value', 'value']);
  expect(load).toHaveBeenCalledTimes(1);
});

test('an old value is served at once while a new one is loaded behind it', async () => {
  const time = clock();
  let version = 0;
  const value = cached(async () => ++version, { ...TIMES, onError: () => undefined, now: time.now });
  expect(await value.get()).toBe(1);
  time.pass(1_000);
  expect(await value.get()).toBe(1);
  await vi.waitFor(async () => expect(await value.get()).toBe(2));
});

test('when a renewal fails the last good value serves on, and the failure is told', async () => {
  const time = clock();
  const onError = vi.fn();
  const load = vi.fn().mockResolvedValueOnce('good').mockRejectedValue(new Error('down'));
  const value = cached<string>(load, { ...TIMES, onError, now: time.now });
  await value.get();
  time.pass(1_000);
  expect(await value.get()).toBe('good');
  await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.any(Error), true));
  expect(await value.get()).toBe('good');
  expect(load).toHaveBeenCalledTimes(2);
});

test('after a long quiet everyone who asks waits for the new value', async () => {
  const time = clock();
  let version = 0;
  const value = cached(async () => ++version, { ...TIMES, onError: () => undefined, now: time.now });
  await value.get();
  time.pass(2_000);
  expect(await Promise.all([value.get(), value.get()])).toEqual([2, 2]);
});

test('a renewal that is waited for and fails gives the last good value, and is not repeated by everyone who asks', async () => {
  const time = clock();
  const load = vi.fn().mockResolvedValueOnce('good').mockRejectedValue(new Error('down'));
  const value = cached<string>(load, { ...TIMES, onError: () => undefined, now: time.now });
  await value.get();
  time.pass(2_000);
  expect([await value.get(), await value.get()]).toEqual(['good', 'good']);
  expect(load).toHaveBeenCalledTimes(2);
});

test('without any value yet the failure is the caller’s', async () => {
  const value = cached(() => Promise.reject(new Error('down')), { ...TIMES, onError: () => undefined });
  await expect(value.get()).rejects.toThrow('down');
});

test('a first load that failed is not repeated at once by everyone who asks', async () => {
  const time = clock();
  const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('up');
  const value = cached<string>(load, { ...TIMES, onError: () => undefined, now: time.now });
  await expect(value.get()).rejects.toThrow('down');
  await expect(value.get()).rejects.toThrow('down');
  expect(load).toHaveBeenCalledTimes(1);
  time.pass(2_000);
  expect(await value.get()).toBe('up');
});

/** A loader whose loads end when the test says so. */
function stepwise() {
  const loads: { end(value: string): void; fail(): void }[] = [];
  const load = () =>
    new Promise<string>((resolve, reject) => {
      loads.push({ end: resolve, fail: () => reject(new Error('down')) });
    });
  return { loads, load };
}

test('a refresh loads although the value is young, and everyone gets the new one from then on', async () => {
  const load = vi.fn().mockResolvedValueOnce('old').mockResolvedValueOnce('new');
  const value = cached<string>(load, { ...TIMES, onError: () => undefined });
  expect(await value.get()).toBe('old');
  expect(await value.refresh()).toBe('new');
  expect(await value.get()).toBe('new');
});

test('a load that began before a refresh does not count as it: another follows, never beside it', async () => {
  const { loads, load } = stepwise();
  const value = cached(load, { ...TIMES, onError: () => undefined });
  const first = value.get();
  const refreshed = value.refresh();
  await Promise.resolve();
  expect(loads).toHaveLength(1);
  loads[0]?.end('read before the change');
  expect(await first).toBe('read before the change');
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]?.end('read after it');
  expect(await refreshed).toBe('read after it');
});

test('a load that fails before a refresh keeps it from nothing', async () => {
  const { loads, load } = stepwise();
  const value = cached(load, { ...TIMES, onError: () => undefined });
  const first = value.get();
  const refreshed = value.refresh();
  loads[0]?.fail();
  await expect(first).rejects.toThrow('down');
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]?.end('up');
  expect(await refreshed).toBe('up');
});

test('many refreshes that wait for the same load share the next one', async () => {
  const { loads, load } = stepwise();
  const value = cached(load, { ...TIMES, onError: () => undefined });
  const first = value.get();
  const refreshes = [value.refresh(), value.refresh(), value.refresh()];
  loads[0]?.end('first');
  await first;
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]?.end('second');
  expect(await Promise.all(refreshes)).toEqual(['second', 'second', 'second']);
  expect(loads).toHaveLength(2);
});

test('a refresh that fails is its caller’s, is told, and the last good value serves on', async () => {
  const onError = vi.fn();
  const load = vi.fn().mockResolvedValueOnce('good').mockRejectedValue(new Error('down'));
  const value = cached<string>(load, { ...TIMES, onError });
  await value.get();
  await expect(value.refresh()).rejects.toThrow('down');
  expect(onError).toHaveBeenCalledWith(expect.any(Error), true);
  expect(await value.get()).toBe('good');
});

test('a refresh does not wait out the pause after a failed first load', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('up');
  const value = cached<string>(load, { ...TIMES, onError: () => undefined, now: () => 0 });
  await expect(value.get()).rejects.toThrow('down');
  expect(await value.refresh()).toBe('up');
});

test('where the first load fails, what an earlier process has kept serves until one succeeds', async () => {
  const time = clock();
  const keep = { read: vi.fn(async () => 'kept'), write: vi.fn(async () => undefined) };
  const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('new');
  const onError = vi.fn();
  const value = cached<string>(load, { ...TIMES, onError, keep, now: time.now });
  expect(await value.get()).toBe('kept');
  expect(onError).toHaveBeenCalledWith(expect.any(Error), true);
  expect(value.isFailing()).toBe(true);
  time.pass(2_000);
  expect(await value.get()).toBe('new');
  expect(value.isFailing()).toBe(false);
  expect(keep.write).toHaveBeenCalledWith('new');
  expect(keep.read).toHaveBeenCalledTimes(1);
});
