import { join } from 'node:path';
import { DEMO_THEME_VARIABLES } from '../../keycloak/demo-brands';
import { ROOT } from '../folders';
import { type Environment, type ManagedProcess, startProcess } from '../processes';
import { untilReady } from '../wait';
import type { Database } from './database';

/** The administrator of a local Keycloak, which only listens on 127.0.0.1. */
export const ADMIN = { username: 'admin', password: 'admin' } as const;

/** Lists for the policy `passwordBlacklist`, which names a file of the server's. */
const DENYLISTS = join(import.meta.dirname, 'denylists');

/** A folder of themes instead of the distribution's own (empty) one: what is in it needs no build, only a start. */
const THEMES = join(ROOT, 'keycloak', 'theme');

/** An empty PostgreSQL takes about a minute to be filled on a busy two-core machine. */
const LIMIT_SECONDS = 240;

/**
 * How Java runs it. `quick`: ready in half the time, since C1 alone compiles; a local stack seldom runs long enough for C2
 * to pay. `throughput`: as in production, for whoever measures.
 */
export type Jvm = 'quick' | 'throughput';

/** How to start a built Keycloak. */
export interface ServerOptions {
  /** Built distribution. */
  home: string;
  database: Database;
  port: number;
  managementPort: number;
  env: Environment;
  /** Default `quick`. */
  jvm?: Jvm;
  log: string;
  progress(line: string): void;
}

/**
 * @param env environment of this process
 * @param jvm how Java runs it
 * @returns the same for kc.sh, without settings of somebody else's Keycloak (KC_*)
 */
export function keycloakEnv(env: Environment, jvm: Jvm = 'quick'): Environment {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('KC_') && name !== 'JAVA_OPTS_APPEND');
  const how = jvm === 'quick' ? { JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1' } : {};
  return { ...Object.fromEntries(kept), ...how };
}

/**
 * Starts Keycloak on 127.0.0.1 and waits until it is ready.
 * @param options the built distribution, its database, ports and log
 * @returns the running process
 * @throws Failure with its log when it does not become ready
 */
export async function startServer(options: ServerOptions): Promise<ManagedProcess> {
  const process = startProcess({
    command: 'sh',
    args: [
      join(options.home, 'bin', 'kc.sh'),
      'start',
      '--optimized',
      '--cache=local',
      '--http-enabled=true',
      '--hostname-strict=false',
      '--http-host=127.0.0.1',
      `--http-port=${options.port}`,
      '--http-management-host=127.0.0.1',
      `--http-management-port=${options.managementPort}`,
      `--db-url=${options.database.url}`,
      `--spi-password-policy--password-blacklist--blacklists-path=${DENYLISTS}`,
      `--spi-theme--folder--dir=${THEMES}`,
      // Polling for readiness would fill the log with "still down".
      '--log-level=INFO,io.smallrye.health:ERROR',
    ],
    cwd: options.home,
    env: {
      ...keycloakEnv(options.env, options.jvm),
      ...options.database.env,
      ...DEMO_THEME_VARIABLES,
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
    },
    log: options.log,
  });
  return untilReady({
    name: 'Keycloak',
    url: `http://127.0.0.1:${options.managementPort}/health/ready`,
    process,
    limitSeconds: LIMIT_SECONDS,
    progress: options.progress,
  });
}
