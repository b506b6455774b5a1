import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The standalone build that the running portals were started from: the newest one. @returns its folder */
export function newestBuild(): string {
  const builds = '.stack/builds';
  const [newest] = readdirSync(builds)
    .map((name) => join(builds, name, 'server.js'))
    .filter((path) => existsSync(path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest === undefined) throw new Error('No build found');
  return dirname(newest);
}
