import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reservePort } from '../ports';
import { ensurePostgres, startPostgres } from '../postgres';
import { builtKeycloak } from './cache';
import { DATABASE_FILE, embeddedDatabase, postgresDatabase } from './database';
import { requireJava } from './java';
import { ADMIN, type Jvm, startServer } from './server';

/** How to start a Keycloak for one stack. */
export interface KeycloakOptions {
  /** The stack's run folder; gets the log and the database. */
  folder: string;
  /** Port to take if it is free. */
  preferredPort?: number;
  /** What STACK_KEYCLOAK_DB does not decide: a file of Keycloak's own, or a PostgreSQL for this run. Default `embedded`. */
  database?: 'embedded' | 'postgres';
  /** Default `quick`. */
  jvm?: Jvm;
  progress(line: string): void;
}

/** A running Keycloak. */
export interface RunningKeycloak {
  url: string;
  /** Address of its PostgreSQL, where it has one. */
  postgres: string | undefined;
  adminUsername: string;
  adminPassword: string;
  log: string;
  /** Ends the server as a crash does. */
  kill(): Promise<void>;
  /** Starts it anew, on the same port and database, after it was killed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a real Keycloak of its own for one stack, fetching and building it first if need be. The environment decides:
 * KEYCLOAK_HOME, KEYCLOAK_ARCHIVE_URL, VESTIBULE_CACHE, STACK_KEYCLOAK_DB, JAVA_HOME.
 * @param options run folder, port, progress
 * @returns the running server, with its administrator
 * @throws Failure in one line when something is missing on this machine or the server does not start
 */
export async function startKeycloak(options: KeycloakOptions): Promise<RunningKeycloak> {
  requireJava(process.env);
  const postgres = await startDatabase(options);
  try {
    const server = await startOn(postgres.address, options);
    return {
      ...server,
      async stop() {
        // Its database last, or its log would end in errors.
        await server.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** @returns the PostgreSQL that is given or started, `address` undefined where the database is a file */
async function startDatabase({ database, folder, progress }: KeycloakOptions) {
  const given = process.env.STACK_KEYCLOAK_DB || undefined;
  const nothing = async () => undefined;
  if (given !== undefined || database !== 'postgres') return { address: given, stop: nothing };
  ensurePostgres();
  progress('PostgreSQL: starting');
  return startPostgres(folder);
}

async function startOn(postgres: string | undefined, options: KeycloakOptions): Promise<RunningKeycloak> {
  const { env } = process;
  const log = join(options.folder, 'keycloak.log');
  const folder = join(options.folder, 'keycloak-database');
  const database = postgres === undefined ? embeddedDatabase(folder) : postgresDatabase(postgres);
  const { home, template } = await builtKeycloak({
    vendor: database.vendor,
    env,
    log: join(options.folder, 'keycloak-build.log'),
    progress: options.progress,
  });
  if (template) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(template, join(folder, DATABASE_FILE));
  }
  // What Keycloak has compressed of an earlier state of the theme: it would be served for ever.
  rmSync(join(home, 'data', 'tmp', 'kc-gzip-cache'), { recursive: true, force: true });
  const [http, management] = [await reservePort(options.preferredPort), await reservePort()];
  options.progress(`Keycloak: starting (log: ${log})`);
  const start = () =>
    startServer({
      home,
      database,
      port: http.port,
      managementPort: management.port,
      env,
      ...(options.jvm === undefined ? {} : { jvm: options.jvm }),
      log,
      progress: options.progress,
    });
  const release = () => {
    http.release();
    management.release();
  };
  let server = await start().catch((error: unknown) => {
    release();
    throw error;
  });
  return {
    url: `http://localhost:${http.port}`,
    postgres,
    adminUsername: ADMIN.username,
    adminPassword: ADMIN.password,
    log,
    async kill() {
      server.signal('SIGKILL');
      await server.exited;
    },
    async restart() {
      server = await start();
    },
    async stop() {
      await server.stop();
      release();
    },
  };
}
