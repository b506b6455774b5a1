import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure';
import { type ReservedPort, reservePort } from './ports';
import { type Environment, runProcess, startProcess } from './processes';
import { findTool, installTool, isExecutable } from './tools';

/** Where Debian keeps the server's programs, by version; only the clients' are on the PATH. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const MEND = 'PostgreSQL is needed: install it (Debian, as root: apt-get install postgresql).';

const SUPERUSER = 'postgres';
/** The server refuses to run as root; Debian's package makes this account for it. */
const ACCOUNT = 'postgres';

const POLL_MS = 50;
const LIMIT_MS = 20_000;

/** A running PostgreSQL. */
export interface RunningPostgres {
  /** `postgres://user:password@127.0.0.1:port/database` of an empty database. */
  address: string;
  stop(): Promise<void>;
}

/** @returns the path of one of PostgreSQL's programs: on the PATH, else the newest version's that Debian has installed */
function findProgram(name: string): string | undefined {
  return findTool([name]) ?? debianPrograms(name).find(isExecutable);
}

function debianPrograms(name: string): string[] {
  try {
    const versions = readdirSync(DEBIAN_FOLDER).sort((one, other) => Number(other) - Number(one));
    return versions.map((version) => join(DEBIAN_FOLDER, version, 'bin', name));
  } catch {
    return [];
  }
}

function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Failure(MEND);
  return path;
}

/**
 * Makes sure that there is a PostgreSQL server on this machine: as root on Debian it is installed with apt-get.
 * @throws Failure in one line that says how to get one, where that is not possible
 */
export function ensurePostgres(): void {
  if (findProgram('postgres') === undefined) installTool(['postgresql'], MEND);
}

/** How to call a program as the account that the server runs as: this process's own, unless that is root. */
function asServer(command: string, args: string[]): { command: string; args: string[] } {
  if (process.getuid?.() !== 0) return { command, args };
  const account = [`--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--clear-groups'];
  return { command: 'setpriv', args: [...account, '--', command, ...args] };
}

/** Hands a folder that root has made to the server's account. */
async function giveToServer(folder: string, log: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const args = [`${ACCOUNT}:`, '-R', folder];
  if ((await runProcess({ command: 'chown', args, cwd: folder, env: process.env, log })) !== 0)
    throw new Failure(`There is no account "${ACCOUNT}" to run PostgreSQL as.`, log);
}

/**
 * Runs SQL with the client psql, each statement by itself.
 * @param address of the database, as {@link RunningPostgres} has it
 * @param sql statements
 * @param log gets what it says
 * @throws Failure with the log when a statement fails
 */
export async function runSql(address: string, sql: string, log: string): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(address);
  const env: Environment = { ...process.env, PGPASSWORD: decodeURIComponent(password) };
  const place = ['-h', hostname, '-p', port || '5432', '-U', decodeURIComponent(username), '-d', pathname.slice(1)];
  // Statements apart, since VACUUM refuses to be one of several in a transaction.
  const statements = sql.split(';').filter((statement) => statement.trim() !== '');
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...place, ...statements.flatMap((one) => ['-c', one])];
  const code = await runProcess({ command: program('psql'), args, cwd: tmpdir(), env, log });
  if (code !== 0) throw new Failure('PostgreSQL did not take a statement.', log);
}

async function untilReady(port: number, exited: Promise<number>, log: string): Promise<void> {
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  const command = program('pg_isready');
  const args = ['-q', '-h', '127.0.0.1', '-p', String(port)];
  const asked = () => runProcess({ command, args, cwd: tmpdir(), env: process.env, log });
  for (const started = Date.now(); (await asked()) !== 0; await sleep(POLL_MS))
    if (isOver || Date.now() - started > LIMIT_MS) throw new Failure('PostgreSQL was not ready in time.', log);
}

/** Makes an empty cluster whose superuser has this password. */
async function initialize(data: string, password: string, log: string): Promise<void> {
  const passwordFile = join(data, '..', 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  await giveToServer(join(data, '..'), log);
  const how = ['-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '-N'];
  const init = asServer(program('initdb'), ['-D', data, ...how]);
  const code = await runProcess({ ...init, cwd: tmpdir(), env: process.env, log });
  rmSync(passwordFile);
  if (code !== 0) throw new Failure('initdb could not make a database.', log);
}

/**
 * Starts a PostgreSQL of its own on 127.0.0.1, with an empty database that is gone after `stop`. It doesn't wait for its
 * disk (`fsync` off): what a power cut leaves of it matters to nobody, and the disk of a shared machine would be what is
 * measured. All else is as PostgreSQL has it.
 * @param folder gets its log
 * @throws Failure when there is none on this machine, or it does not start
 */
export async function startPostgres(folder: string): Promise<RunningPostgres> {
  const command = program('postgres');
  const log = join(folder, 'postgres.log');
  // Not in the run folder: the server's account may not get there, as into root's home.
  const home = mkdtempSync(join(tmpdir(), 'vestibule-postgres-'));
  const data = join(home, 'data');
  const password = randomBytes(16).toString('hex');
  const reserved: ReservedPort = await reservePort();
  const release = () => {
    reserved.release();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await initialize(data, password, log);
  } catch (error) {
    release();
    throw error;
  }
  // Keycloak's pool alone may open a hundred connections.
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '200' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = asServer(command, ['-D', data, '-p', String(reserved.port), ...options]);
  const server = startProcess({ ...start, cwd: tmpdir(), env: process.env, log });
  const stop = async () => {
    // SIGTERM, which a managed process gets, makes the server wait until every client has gone.
    const quick = asServer(program('pg_ctl'), ['-D', data, '-m', 'immediate', '-s', 'stop']);
    await runProcess({ ...quick, cwd: tmpdir(), env: process.env, log });
    await server.stop();
    release();
  };
  await untilReady(reserved.port, server.exited, log).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { address: `postgres://${SUPERUSER}:${password}@127.0.0.1:${reserved.port}/postgres`, stop };
}
