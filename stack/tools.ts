import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './failure';

/** @returns whether a file can be run */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param names of a program, in the order in which they are looked for on the PATH
 * @returns the path of the first that there is
 */
export function findTool(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Installs packages with apt-get, as root on Debian.
 * @param mend one line that says how else to get it
 * @throws Failure with that line, where it is not possible
 */
export function installTool(names: readonly string[], mend: string): void {
  if (process.getuid?.() !== 0) throw new Failure(mend);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const run = spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (run.status !== 0) throw new Failure(`apt-get ${args[0]} did not work. ${mend}`);
  }
}
