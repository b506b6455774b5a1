import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from './failure';
import { makeRunFolder, ROOT } from './folders';
import { buildPortal } from './portal';

/**
 * Runs the production build with the environment of whoever calls it; `.env` fills in what is not set there.
 * @returns the server's exit code
 */
async function start(): Promise<number> {
  const build = await buildPortal(join(makeRunFolder('start'), 'build.log'), (line) =>
    process.stdout.write(`${line}\n`),
  );
  const settings = join(ROOT, '.env');
  const args = existsSync(settings) ? [`--env-file=${settings}`] : [];
  const server = spawn(process.execPath, [...args, join(build, 'server.js')], {
    cwd: build,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
