import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = join(dirname(fileURLToPath(import.meta.url)), 'supervisor.mjs');
const GRACE_MS = 10_000;

/** Environment variables. (Next's types insist on NODE_ENV in NodeJS.ProcessEnv, which a tool does not need.) */
export type Environment = Record<string, string | undefined>;

/** What to run. */
export interface ProcessOptions {
  command: string;
  args: string[];
  cwd: string;
  env: Environment;
  /** File that gets stdout and stderr, appended; without one they go where this process's own go. */
  log?: string;
}

/** A process that cannot outlive this one. */
export interface ManagedProcess {
  log: string | undefined;
  /** Resolves with the exit code once the whole process group is gone. */
  exited: Promise<number>;
  /** Sends the group a signal, as an operator or a crash would. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
  /** Ends the group: SIGTERM, and SIGKILL after ten seconds. Resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a process in its own group, behind a supervisor that ends the group as soon as this process is gone, however
 * it went (Ctrl-C, a crash, kill -9).
 * @param options what to run and where its output goes
 * @returns the running process; a command that does not exist shows as exit code 127 with a line in the log
 */
export function startProcess(options: ProcessOptions): ManagedProcess {
  const output = options.log === undefined ? 'inherit' : openSync(options.log, 'a');
  const supervisor = spawn(
    process.execPath,
    [SUPERVISOR, String(GRACE_MS), options.command, ...options.args],
    // Detached: Ctrl-C at the terminal must reach the stack, not the supervisor, or they would race to the end.
    { cwd: options.cwd, env: options.env as NodeJS.ProcessEnv, stdio: ['pipe', output, output], detached: true },
  );
  if (typeof output === 'number') closeSync(output);
  const exited = new Promise<number>((resolve) => {
    supervisor.once('error', () => resolve(127));
    supervisor.once('exit', (code) => resolve(code ?? 1));
  });
  const { stdin } = supervisor;
  // The supervisor may be gone already when the pipe is closed; that is what was wanted.
  stdin?.on('error', () => undefined);
  return {
    log: options.log,
    exited,
    signal: (name) => void stdin?.write(`${name}\n`),
    async stop() {
      stdin?.end();
      await exited;
    },
  };
}

/**
 * Runs a command to its end, with its output in a log.
 * @param options what to run
 * @returns its exit code (127: there is no such command)
 */
export function runProcess(options: ProcessOptions): Promise<number> {
  return startProcess(options).exited;
}

/**
 * Lets Ctrl-C, SIGTERM and SIGHUP end something in order before this process goes, with the exit code of a shell. The
 * signal may come twice, from the terminal and from whoever started this process; once is enough.
 * @param stop ends it
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
}
