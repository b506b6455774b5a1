import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './failure';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MEND = 'Chromium is needed: install it (Debian, as root: apt-get install chromium) or set CHROMIUM_PATH.';

/** What Playwright's `launch` needs to run the browser of this machine. */
export interface ChromiumLaunch {
  executablePath: string;
  args: string[];
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns the browser's path: CHROMIUM_PATH, else the first of the usual names on the PATH */
function find(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return executable(given) ? given : undefined;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

/**
 * Finds the Chromium of this machine.
 * @returns launch options for Playwright
 * @throws Failure in one line that says how to get one
 */
export function chromiumLaunch(): ChromiumLaunch {
  const executablePath = find();
  if (!executablePath) throw new Failure(MEND);
  // Chromium's sandbox refuses to run as root, as it is in most containers.
  return { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}

/**
 * Makes sure that there is a Chromium: as root on Debian it is installed with apt-get.
 * @throws Failure in one line that says how to get one, where that is not possible
 */
export function ensureChromium(): void {
  if (find()) return;
  if (process.getuid?.() !== 0 || process.env.CHROMIUM_PATH) throw new Failure(MEND);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const run = spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (run.status !== 0) throw new Failure(`apt-get ${args[0]} did not work. ${MEND}`);
  }
}
