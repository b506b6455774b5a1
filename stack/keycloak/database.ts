import { join } from 'node:path';
import { Failure } from '../failure';

/** How Keycloak reaches its database: what `kc.sh build` and `kc.sh start` are told. */
export interface Database {
  /** Vendor name for `--db`. */
  vendor: 'dev-file' | 'postgres';
  url: string;
  /** Environment that carries the credentials, which should not show in the process list. */
  env: Record<string, string>;
}

/** Name of the embedded database's only file. */
export const DATABASE_FILE = 'keycloak.mv.db';

/**
 * @param folder folder of an embedded database
 * @returns that database, with the options that Keycloak 26.7 itself adds to an H2 URL
 */
export function embeddedDatabase(folder: string): Database {
  const file = join(folder, 'keycloak');
  const url = `jdbc:h2:file:${file};NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0`;
  return { vendor: 'dev-file', url, env: {} };
}

/**
 * @param address `postgres://user:password@host:port/database` (STACK_KEYCLOAK_DB)
 * @returns that database
 * @throws Failure when the address is not of that form
 */
export function postgresDatabase(address: string): Database {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    throw new Failure('STACK_KEYCLOAK_DB must look like postgres://user:password@host:port/database.');
  }
  return {
    vendor: 'postgres',
    url: `jdbc:postgresql://${url.hostname}:${url.port || '5432'}${url.pathname}`,
    env: { KC_DB_USERNAME: decodeURIComponent(url.username), KC_DB_PASSWORD: decodeURIComponent(url.password) },
  };
}
