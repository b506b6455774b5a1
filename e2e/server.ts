import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { newestBuild } from './build';

export interface Server {
  /** All that it has written. */
  readonly said: () => string;
  readonly ended: Promise<number | null>;
  /** Asks it to end, as whoever runs it does (SIGTERM). */
  readonly kill: () => void;
}

/** Starts the portal with just these variables, on a port that nobody asks for. */
export function startServer(variables: Readonly<Record<string, string>>): Server {
  const base = { NODE_ENV: 'production' as const, PATH: process.env.PATH ?? '', PORT: '0', HOSTNAME: '127.0.0.1' };
  const server = spawn(process.execPath, [join(newestBuild(), 'server.js')], { env: { ...base, ...variables } });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk));
  return {
    said: () => said,
    // "exit" may come while there is still something to read.
    ended: new Promise((resolve) => server.on('close', resolve)),
    kill: () => server.kill(),
  };
}
