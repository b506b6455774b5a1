import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../failure';
import type { Environment } from '../processes';

const OLDEST = 17;
const MEND = `Keycloak needs Java ${OLDEST} or newer: install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.`;

/**
 * @param text what `java -version` prints, for example `openjdk version "17.0.15" 2025-04-15`
 * @returns the feature release (17; "1.8.0" gives 8), or undefined when the text names none
 */
export function javaRelease(text: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/**
 * Makes sure that Keycloak's own script will find a Java that runs it (JAVA_HOME first, then the PATH, as it does).
 * @param env environment to look in
 * @throws Failure that says in one line what to install
 */
export function requireJava(env: Environment): void {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  const run = spawnSync(java, ['-version'], { encoding: 'utf8', env: env as NodeJS.ProcessEnv });
  if (run.error || run.status !== 0) throw new Failure(`No Java found (${java}). ${MEND}`);
  const release = javaRelease(`${run.stderr}${run.stdout}`);
  if (release === undefined || release < OLDEST) throw new Failure(`${java} is Java ${release ?? 'unknown'}. ${MEND}`);
}
