import { Failure } from './failure';
import { findTool, installTool, isExecutable } from './tools';

const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** The same engine without a window's parts: a new visitor takes it a third of the time. */
const SHELL = ['chromium-headless-shell'];
const MEND = 'Chromium is needed: install it (Debian, as root: apt-get install chromium) or set CHROMIUM_PATH.';

/** What Playwright's `launch` needs to run the browser of this machine. */
export interface ChromiumLaunch {
  executablePath: string;
  args: string[];
}

/** @returns the browser's path: CHROMIUM_PATH, else the first of the usual names on the PATH */
function find(names: readonly string[]): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return isExecutable(given) ? given : undefined;
  return findTool(names);
}

function launch(names: readonly string[]): ChromiumLaunch {
  const executablePath = find(names);
  if (!executablePath) throw new Failure(MEND);
  // Chromium's sandbox refuses to run as root, as it is in most containers.
  return { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}

/**
 * Finds the Chromium of this machine: the quick one where it is installed.
 * @returns launch options for Playwright
 * @throws Failure in one line that says how to get one
 */
export function chromiumLaunch(): ChromiumLaunch {
  return launch([...SHELL, ...WHOLE]);
}

/**
 * The same with all that a browser of people has, such as its rules for cookies of other sites, which the quick one has not.
 * @throws Failure in one line that says how to get one
 */
export function wholeChromiumLaunch(): ChromiumLaunch {
  return launch(WHOLE);
}

/**
 * Makes sure that there is a Chromium: as root on Debian it is installed with apt-get, and the quick one with it.
 * @throws Failure in one line that says how to get one, where that is not possible
 */
export function ensureChromium(): void {
  if (find(WHOLE)) return;
  if (process.env.CHROMIUM_PATH) throw new Failure(MEND);
  installTool(['chromium', ...SHELL], MEND);
}
