import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tryLock, withLock } from './lock';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('one holder at a time', () => {
  const file = join(folder, 'one');
  const release = tryLock(file);
  expect(release).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
  release?.();
  expect(tryLock(file)).toBeDefined();
});

test('the lock of a process that died is free', () => {
  const file = join(folder, 'dead');
  const gone = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, String(gone.pid));
  expect(tryLock(file)).toBeDefined();
});

test('work under one lock never overlaps, and an error gives the lock back', async () => {
  const file = join(folder, 'work');
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  const failing = withLock(
    file,
    () => undefined,
    () => Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  await Promise.all([1, 2, 3].map(() => withLock(file, () => undefined, work)));
  expect(most).toBe(1);
});
