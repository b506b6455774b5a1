import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure';
import { withLock } from '../lock';
import { reservePort } from '../ports';
import { type Environment, runProcess } from '../processes';
import { DATABASE_FILE, type Database, embeddedDatabase } from './database';
import { fetchDistribution, KEYCLOAK_VERSION } from './distribution';
import { keycloakEnv, startServer } from './server';

/** What the cache needs to know. */
export interface CacheOptions {
  vendor: Database['vendor'];
  env: Environment;
  /** File that gets the output of the tools. */
  log: string;
  progress(line: string): void;
}

/** A Keycloak that only has to be started. */
export interface BuiltKeycloak {
  home: string;
  /** Database file with the whole schema in it, for the embedded database. */
  template: string | undefined;
}

/** @returns the folder that outlives checkouts: VESTIBULE_CACHE, else the user's cache folder */
function cacheFolder(env: Environment): string {
  return env.VESTIBULE_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vestibule');
}

/** A name for what is cached: another KEYCLOAK_HOME, or other providers in it, is another build. */
function buildName(options: CacheOptions): string {
  const home = options.env.KEYCLOAK_HOME;
  if (!home) return `keycloak-${KEYCLOAK_VERSION}-${options.vendor}`;
  if (!existsSync(home)) throw new Failure(`KEYCLOAK_HOME is ${home}, which does not exist.`);
  const hash = createHash('sha256').update(realpathSync(home));
  for (const part of ['version.txt', 'providers', 'conf/keycloak.conf']) {
    const path = join(home, part);
    if (!existsSync(path)) continue;
    hash.update(`${part} ${statSync(path).mtimeMs} ${statSync(path).isDirectory() ? readdirSync(path).join() : ''}`);
  }
  return `keycloak-home-${hash.digest('hex').slice(0, 12)}-${options.vendor}`;
}

/** Augments the distribution for one database vendor; later starts are `--optimized`. */
async function build(options: CacheOptions, home: string): Promise<void> {
  options.progress(`Keycloak: building it for ${options.vendor} (once, about half a minute)`);
  const args = [join(home, 'bin', 'kc.sh'), 'build', `--db=${options.vendor}`, '--health-enabled=true'];
  const code = await runProcess({ command: 'sh', args, cwd: home, env: keycloakEnv(options.env), log: options.log });
  if (code !== 0) throw new Failure(`kc.sh build ended with exit code ${code}.`, options.log);
}

/** Lets Keycloak make its schema and master realm once; every stack gets a copy of the file. */
async function migrate(options: CacheOptions, home: string, folder: string): Promise<void> {
  options.progress('Keycloak: making the database that every stack starts from (once)');
  const [http, management] = [await reservePort(), await reservePort()];
  try {
    const server = await startServer({
      home,
      database: embeddedDatabase(folder),
      port: http.port,
      managementPort: management.port,
      env: options.env,
      log: options.log,
      progress: options.progress,
    });
    await server.stop();
  } finally {
    http.release();
    management.release();
  }
}

/**
 * Gives a Keycloak that is built and has a database to copy, from the cache or fresh into it. Whatever is cached is
 * whole: it is made in a temporary folder and renamed, by one process at a time.
 * @param options database vendor, environment, log, progress
 * @returns its folder and the database template
 * @throws Failure when it cannot be had or built
 */
export async function builtKeycloak(options: CacheOptions): Promise<BuiltKeycloak> {
  const cache = cacheFolder(options.env);
  const name = buildName(options);
  const place = join(cache, name);
  const home = join(place, 'keycloak');
  const built: BuiltKeycloak = {
    home,
    template: options.vendor === 'dev-file' ? join(place, DATABASE_FILE) : undefined,
  };
  if (existsSync(place)) return built;
  const waiting = () => options.progress('Keycloak: another stack is building it; waiting');
  return withLock(join(cache, `${name}.lock`), waiting, async () => {
    if (existsSync(place)) return built;
    // Whoever was making this one before us was killed: the lock is ours now.
    for (const entry of readdirSync(cache)) {
      if (entry.startsWith(`${name}.making-`)) rmSync(join(cache, entry), { recursive: true });
    }
    const draft = mkdtempSync(join(cache, `${name}.making-`));
    try {
      const target = join(draft, 'keycloak');
      const folder = join(draft, 'fetched');
      mkdirSync(folder);
      await fetchDistribution({ ...options, folder, target });
      rmSync(folder, { recursive: true });
      await build(options, target);
      if (built.template) {
        const database = join(draft, 'database');
        mkdirSync(database);
        await migrate(options, target, database);
        copyFileSync(join(database, DATABASE_FILE), join(draft, DATABASE_FILE));
        rmSync(database, { recursive: true });
      }
      renameSync(draft, place);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
    return built;
  });
}
