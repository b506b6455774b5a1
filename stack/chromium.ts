import { Failure } from './failure';
import { findTool, installTool, isExecutable } from './tools';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MEND = 'Chromium is needed: install it (Debian, as root: apt-get install chromium) or set CHROMIUM_PATH.';

/** What Playwright's `launch` needs to run the browser of this machine. */
export interface ChromiumLaunch {
  executablePath: string;
  args: string[];
}

/** @returns the browser's path: CHROMIUM_PATH, else the first of the usual names on the PATH */
function find(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return isExecutable(given) ? given : undefined;
  return findTool(NAMES);
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
  if (process.env.CHROMIUM_PATH) throw new Failure(MEND);
  installTool('chromium', MEND);
}
