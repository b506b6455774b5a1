import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reservePort } from '../ports';
import { builtKeycloak } from './cache';
import { DATABASE_FILE, embeddedDatabase, postgresDatabase } from './database';
import { requireJava } from './java';
import { ADMIN, startServer } from './server';

/** How to start a Keycloak for one stack. */
export interface KeycloakOptions {
  /** The stack's run folder; gets the log and the database. */
  folder: string;
  /** Port to take if it is free. */
  preferredPort?: number;
  progress(line: string): void;
}

/** A running Keycloak. */
export interface RunningKeycloak {
  url: string;
  adminUsername: string;
  adminPassword: string;
  log: string;
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
  const { env } = process;
  const log = join(options.folder, 'keycloak.log');
  requireJava(env);
  const folder = join(options.folder, 'keycloak-database');
  const postgres = env.STACK_KEYCLOAK_DB;
  const database = postgres ? postgresDatabase(postgres) : embeddedDatabase(folder);
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
  const server = await startServer({
    home,
    database,
    port: http.port,
    managementPort: management.port,
    env,
    log,
    progress: options.progress,
  }).catch((error: unknown) => {
    http.release();
    management.release();
    throw error;
  });
  return {
    url: `http://localhost:${http.port}`,
    adminUsername: ADMIN.username,
    adminPassword: ADMIN.password,
    log,
    async stop() {
      await server.stop();
      http.release();
      management.release();
    },
  };
}
