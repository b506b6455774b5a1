import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure';
import { type ReservedPort, reservePort } from './ports';
import { startProcess } from './processes';
import { findTool, installTool } from './tools';

const NAMES = ['redis-server', 'valkey-server'];
const MEND = 'Redis is needed for the tests: install it (Debian, as root: apt-get install redis-server).';

const POLL_MS = 50;
const LIMIT_MS = 10_000;

/** A running Redis. */
export interface RunningRedis {
  port: number;
  stop(): Promise<void>;
}

/**
 * Makes sure that there is a Redis server on this machine: as root on Debian it is installed with apt-get.
 * @throws Failure in one line that says how to get one, where that is not possible
 */
export function ensureRedis(): void {
  if (findTool(NAMES) === undefined) installTool(['redis-server'], MEND);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end('PING\r\n'));
    socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')));
    socket.once('error', () => resolve(false));
  });
}

async function untilReady(port: number, log: string): Promise<void> {
  for (const started = Date.now(); !(await answers(port)); await sleep(POLL_MS))
    if (Date.now() - started > LIMIT_MS) throw new Failure('Redis was not ready in time.', log);
}

/**
 * Starts a Redis of its own on 127.0.0.1, which keeps nothing on disk.
 * @param folder gets its log
 * @throws Failure when there is none on this machine, or it does not start
 */
export async function startRedis(folder: string): Promise<RunningRedis> {
  const command = findTool(NAMES);
  if (command === undefined) throw new Failure(MEND);
  const reserved: ReservedPort = await reservePort();
  const log = join(folder, 'redis.log');
  const args = ['--port', String(reserved.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = startProcess({ command, args, cwd: folder, env: process.env, log });
  const stop = async () => {
    await server.stop();
    reserved.release();
  };
  await untilReady(reserved.port, log).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port: reserved.port, stop };
}
