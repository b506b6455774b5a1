import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { runProcess, startProcess } from './processes';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A shell with a child of its own; both ids go to the log, and both run until somebody ends them. */
const FAMILY = ['-c', 'sleep 300 & echo "$$ $!"; wait'];

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for yet is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function idsFrom(log: string): Promise<number[]> {
  return vi.waitFor(() => {
    const ids = readFileSync(log, 'utf8').trim().split(' ').map(Number);
    expect(ids).toHaveLength(2);
    return ids;
  }, 5_000);
}

test('output goes to the log and the exit code comes back', async () => {
  const log = join(folder, 'run.log');
  const options = { command: 'sh', args: ['-c', 'echo out; echo err >&2; exit 3'], cwd: folder, env: process.env, log };
  expect(await runProcess(options)).toBe(3);
  expect(readFileSync(log, 'utf8')).toBe('out\nerr\n');
});

test('a command that does not exist is exit code 127', async () => {
  const log = join(folder, 'none.log');
  const options = { command: 'no-such-command-here', args: [], cwd: folder, env: process.env, log };
  expect(await runProcess(options)).toBe(127);
  expect(readFileSync(log, 'utf8')).toContain('no-such-command-here');
});

test('stop ends the whole group', async () => {
  const log = join(folder, 'stop.log');
  const started = startProcess({ command: 'sh', args: FAMILY, cwd: folder, env: process.env, log });
  const ids = await idsFrom(log);
  expect(ids.map(alive)).toEqual([true, true]);
  await started.stop();
  await vi.waitFor(() => expect(ids.map(alive)).toEqual([false, false]), 5_000);
});

/** A stand-in for the stack: another Node that starts a process and does nothing more. */
function parentThatStarts(log: string): ChildProcess {
  const module = JSON.stringify(new URL('processes.ts', import.meta.url).href);
  const options = JSON.stringify({ command: 'sh', args: FAMILY, cwd: folder, env: { PATH: process.env.PATH }, log });
  const code = `const { startProcess } = await import(${module}); startProcess(${options}); setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  return spawn(process.execPath, args, { stdio: 'ignore', cwd: process.cwd() });
}

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('nothing is left when the parent gets %s', async (signal) => {
  const log = join(folder, `${signal}.log`);
  const parent = parentThatStarts(log);
  const ids = await vi.waitFor(() => idsFrom(log), 10_000);
  parent.kill(signal);
  await vi.waitFor(() => expect(ids.map(alive)).toEqual([false, false]), 5_000);
});
