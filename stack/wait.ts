import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure';
import type { ManagedProcess } from './processes';

const POLL_MS = 150;
const PROGRESS_MS = 5_000;

/** What to wait for. */
export interface WaitOptions {
  /** Its name in progress lines. */
  name: string;
  /** Asked until it answers 200. */
  url: string;
  process: ManagedProcess;
  limitSeconds: number;
  progress(line: string): void;
}

/** @returns whether the address answers 200 within a second */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/**
 * Waits until a process answers over HTTP, with a progress line every five seconds. One that never does is stopped.
 * @param options what, where and how long
 * @returns the process
 * @throws Failure with the process's log when it ends first or the time is over
 */
export async function untilReady(options: WaitOptions): Promise<ManagedProcess> {
  try {
    await pollUntilReady(options);
    return options.process;
  } catch (error) {
    await options.process.stop();
    throw error;
  }
}

async function pollUntilReady(options: WaitOptions): Promise<void> {
  const started = Date.now();
  let exitCode: number | undefined;
  void options.process.exited.then((code) => {
    exitCode = code;
  });
  let nextLine = started + PROGRESS_MS;
  while (!(await answers(options.url))) {
    const seconds = Math.round((Date.now() - started) / 1000);
    if (exitCode !== undefined) {
      throw new Failure(`${options.name} ended with exit code ${exitCode} before it was ready.`, options.process.log);
    }
    if (seconds >= options.limitSeconds) {
      throw new Failure(`${options.name} was not ready after ${options.limitSeconds} s.`, options.process.log);
    }
    if (Date.now() >= nextLine) {
      options.progress(`${options.name}: still starting (${seconds} s)`);
      nextLine += PROGRESS_MS;
    }
    await sleep(POLL_MS);
  }
}
