import { linkSync, mkdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Breaking a dead owner's lock takes microseconds; a breaker's own file older than this was left by a crash. */
const STALE_BREAKER_MS = 10_000;

/** @returns whether the process that wrote this lock file still runs (an unreadable one counts as gone) */
function ownerLives(file: string): boolean {
  try {
    process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Puts a file with our process id in place, whole or not at all, so that nobody can read a half-written owner. */
function claim(file: string): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Removes a dead owner's lock. Only one process at a time may, else the second would remove the first one's new lock. */
function breakDeadLock(file: string): void {
  const breaker = `${file}.breaking`;
  if (!claim(breaker)) {
    const since = statSync(breaker, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > STALE_BREAKER_MS) rmSync(breaker, { force: true });
    return;
  }
  if (!ownerLives(file)) rmSync(file, { force: true });
  rmSync(breaker, { force: true });
}

/**
 * Takes a lock between processes, at once or not at all. A lock whose owner died (even by kill -9) is free.
 * @param file path of the lock file; its folder is made
 * @returns a function that gives the lock back, or undefined when another one holds it (this process included)
 */
export function tryLock(file: string): (() => void) | undefined {
  mkdirSync(dirname(file), { recursive: true });
  if (!claim(file)) {
    if (ownerLives(file)) return undefined;
    breakDeadLock(file);
    if (!claim(file)) return undefined;
  }
  return () => rmSync(file, { force: true });
}

/**
 * Runs work that only one process may do at a time, waiting for its turn.
 * @param file path of the lock file
 * @param waiting called once if another process is at it
 * @param work what to do
 * @returns the work's result
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  let release = tryLock(file);
  if (!release) waiting();
  while (!release) {
    await sleep(200);
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}
