import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';
import { prune, ROOT, STACK_FOLDER } from './folders';
import { withLock } from './lock';
import { type Environment, type ManagedProcess, runProcess, startProcess } from './processes';
import { untilReady } from './wait';

/** Folders of the project that the portal is not made of. Whatever is new counts as a source, to be on the safe side. */
const NOT_SOURCES = new Set([
  'node_modules',
  'stack',
  'keycloak',
  'e2e',
  'bench',
  'docs',
  'observability',
  'examples',
  'coverage',
  'test-results',
  'playwright-report',
]);
const NOT_SOURCE_FILES =
  /\.(test\.tsx?|md|tsbuildinfo)$|^(next-env\.d\.ts|biome\.json|vitest\.config\.ts|playwright\.config\.ts|LICENSE|Dockerfile|vercel\.json)$/;
const BUILDS_KEPT = 3;
const START_LIMIT_SECONDS = 60;

/** @returns the files that a build is made from, in a fixed order; hidden ones are not */
function sources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    if (entry.isDirectory())
      return folder === ROOT && NOT_SOURCES.has(entry.name) ? [] : sources(join(folder, entry.name));
    return NOT_SOURCE_FILES.test(entry.name) ? [] : [join(folder, entry.name)];
  });
}

function hashSources(): string {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const file of sources(ROOT))
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Copies what `next build` leaves, complete, to a place of its own, so that the next build disturbs no running portal. */
function layOut(builds: string, place: string): void {
  const standalone = join(ROOT, '.next', 'standalone');
  const draft = mkdtempSync(join(builds, 'making-'));
  cpSync(standalone, draft, { recursive: true, verbatimSymlinks: true });
  cpSync(join(ROOT, '.next', 'static'), join(draft, '.next', 'static'), { recursive: true });
  if (existsSync(join(ROOT, 'public'))) cpSync(join(ROOT, 'public'), join(draft, 'public'), { recursive: true });
  // A developer's own settings must not leak into a portal that is configured by its environment.
  for (const file of readdirSync(draft)) if (file.startsWith('.env')) rmSync(join(draft, file));
  renameSync(draft, place);
}

/**
 * Builds the portal for production, unless these very sources are built already.
 * @param log file that gets the output of `next build`
 * @param progress gets a line per step
 * @returns folder of the standalone server (`server.js`), which no later build changes
 * @throws Failure with the log when the build fails
 */
export async function buildPortal(log: string, progress: (line: string) => void): Promise<string> {
  const builds = join(STACK_FOLDER, 'builds');
  mkdirSync(builds, { recursive: true });
  const waiting = () => progress('Portal: another stack is building it; waiting');
  return withLock(join(STACK_FOLDER, 'build.lock'), waiting, async () => {
    const place = join(builds, hashSources());
    if (existsSync(place)) {
      progress('Portal: built already');
      utimesSync(place, new Date(), new Date());
      return place;
    }
    progress(`Portal: building (log: ${log})`);
    const started = Date.now();
    const code = await runProcess({
      command: process.execPath,
      args: [join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      log,
    });
    if (code !== 0) throw new Failure(`next build ended with exit code ${code}.`, log);
    layOut(builds, place);
    prune(builds, BUILDS_KEPT);
    progress(`Portal: built in ${Math.round((Date.now() - started) / 1000)} s`);
    return place;
  });
}

/** How to start a portal. */
export interface PortalOptions {
  name: string;
  /** What buildPortal gave; any number of portals can run from it. */
  build: string;
  port: number;
  /** The portal's variables (lib/env.ts). Nothing of this process's own environment is added but what Node needs. */
  env: Environment;
  log: string;
  progress(line: string): void;
}

/**
 * Starts a portal on 127.0.0.1 and waits until it is healthy.
 * @param options the build, its port and variables
 * @returns the running process
 * @throws Failure with its log when it does not get healthy
 */
export async function startPortal(options: PortalOptions): Promise<ManagedProcess> {
  const { PATH, HOME, LANG, TZ } = process.env;
  const portal = startProcess({
    command: process.execPath,
    args: [join(options.build, 'server.js')],
    cwd: options.build,
    env: {
      PATH,
      HOME,
      LANG,
      TZ,
      ...options.env,
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: String(options.port),
    },
    log: options.log,
  });
  const name = `Portal ${options.name}`;
  return untilReady({
    name,
    url: `http://127.0.0.1:${options.port}/api/health`,
    process: portal,
    limitSeconds: START_LIMIT_SECONDS,
    progress: options.progress,
  });
}
