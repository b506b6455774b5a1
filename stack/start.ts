import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure } from './failure';
import { makeRunFolder, ROOT } from './folders';
import { buildPortal } from './portal';
import { startProcess, stopOnSignal } from './processes';

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
  const server = startProcess({
    command: process.execPath,
    args: [...args, join(build, 'server.js')],
    cwd: build,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  stopOnSignal(() => server.stop());
  return server.exited;
}

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
