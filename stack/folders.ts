import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that the stack makes in the project: runs with their logs, builds of the portal. Not in git. */
export const STACK_FOLDER = join(ROOT, '.stack');

const RUNS_KEPT = 20;

/**
 * Removes all but the newest entries of a folder.
 * @param folder which
 * @param kept how many stay
 */
export function prune(folder: string, kept: number): void {
  const age = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newestFirst = readdirSync(folder).sort((one, other) => age(other) - age(one));
  for (const name of newestFirst.slice(kept)) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * Makes the folder of one run; old runs go.
 * @param name what is run, for example "demo"
 * @returns `.stack/runs/<name>-<time>`
 */
export function makeRunFolder(name: string): string {
  const runs = join(STACK_FOLDER, 'runs');
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').replace('Z', '');
  const folder = join(runs, `${name}-${time}`);
  mkdirSync(folder, { recursive: true });
  prune(runs, RUNS_KEPT);
  return folder;
}
