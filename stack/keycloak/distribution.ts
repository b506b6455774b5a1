import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure';
import { type Environment, runProcess } from '../processes';
import { downloadVerified } from './download';

/** The release that the stack fetches; KEYCLOAK_HOME may hold any 26.7.x. */
export const KEYCLOAK_VERSION = '26.7.3';
const SUPPORTED = /\b26\.7\.\d+/;
const ARCHIVE_URL = `https://github.com/keycloak/keycloak/releases/download/${KEYCLOAK_VERSION}/keycloak-${KEYCLOAK_VERSION}.zip`;

/** Where to work and what to tell. */
export interface FetchOptions {
  /** Empty folder for what is needed on the way. */
  folder: string;
  /** Where the unpacked distribution goes; does not exist yet. */
  target: string;
  env: Environment;
  /** File that gets the output of the tools that are called. */
  log: string;
  progress(line: string): void;
}

/**
 * @param home folder of a Keycloak distribution
 * @returns its version, as version.txt says it
 * @throws Failure when it is no Keycloak, or not a 26.7.x
 */
export function keycloakVersion(home: string): string {
  const file = join(home, 'version.txt');
  if (!existsSync(file)) throw new Failure(`${home} is not a Keycloak distribution (it has no version.txt).`);
  const version = SUPPORTED.exec(readFileSync(file, 'utf8'))?.[0];
  if (!version) throw new Failure(`${home} is not Keycloak 26.7.x: ${readFileSync(file, 'utf8').trim()}`);
  return version;
}

/** Runs a tool in the working folder. @returns its exit code, 127 when it is not installed */
function tool(options: FetchOptions, command: string, args: string[]): Promise<number> {
  return runProcess({ command, args, cwd: options.folder, env: options.env, log: options.log });
}

/**
 * Unpacks a zip with what the machine has: unzip, or jar of a JDK.
 * @param options working folder (the content goes to `unpacked` in it), environment, log
 * @param zip the archive
 * @returns the one folder that the archive holds
 * @throws Failure that says what to install, or that the archive is broken
 */
async function unpack(options: FetchOptions, zip: string): Promise<string> {
  const into = join(options.folder, 'unpacked');
  mkdirSync(into);
  const jar = options.env.JAVA_HOME ? join(options.env.JAVA_HOME, 'bin', 'jar') : 'jar';
  let code = await tool(options, 'unzip', ['-q', zip, '-d', into]);
  if (code === 127) {
    code = await runProcess({ command: jar, args: ['xf', zip], cwd: into, env: options.env, log: options.log });
  }
  if (code === 127) throw new Failure('Nothing here can unpack a zip: install unzip (Debian: apt-get install unzip).');
  if (code !== 0) throw new Failure(`${zip} could not be unpacked.`, options.log);
  const [only] = readdirSync(into);
  if (!only) throw new Failure(`${zip} is empty.`);
  return join(into, only);
}

/** Asks Maven, through its own client and so through its own settings. @returns the zip, or undefined without mvn */
async function fromMaven(options: FetchOptions): Promise<string | undefined> {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
  options.progress(`Keycloak: asking Maven for ${artifact}`);
  const args = ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${options.folder}`];
  const code = await tool(options, 'mvn', args);
  const zip = join(options.folder, `keycloak-quarkus-dist-${KEYCLOAK_VERSION}.zip`);
  if (code === 0 && existsSync(zip)) return zip;
  options.progress(code === 127 ? 'Keycloak: no mvn here' : `Keycloak: Maven did not give it (${options.log})`);
  return undefined;
}

/**
 * Puts an unpacked Keycloak in place: a copy of KEYCLOAK_HOME (so that building it changes nothing there), else from
 * Maven, else the release archive, whose place KEYCLOAK_ARCHIVE_URL can change.
 * @param options folders, environment, log, progress
 * @throws Failure when no way leads to one
 */
export async function fetchDistribution(options: FetchOptions): Promise<void> {
  const home = options.env.KEYCLOAK_HOME;
  if (home) {
    keycloakVersion(home);
    options.progress(`Keycloak: copying ${home}`);
    cpSync(home, options.target, { recursive: true, filter: (path) => path !== join(home, 'data') });
    return;
  }
  let zip = options.env.KEYCLOAK_ARCHIVE_URL ? undefined : await fromMaven(options);
  if (!zip) {
    const url = options.env.KEYCLOAK_ARCHIVE_URL ?? ARCHIVE_URL;
    options.progress(`Keycloak: downloading ${url}`);
    zip = join(options.folder, 'keycloak.zip');
    await downloadVerified(url, zip, options.progress);
  }
  options.progress('Keycloak: unpacking');
  const folder = await unpack(options, zip);
  keycloakVersion(folder);
  cpSync(folder, options.target, { recursive: true });
  rmSync(zip);
}
