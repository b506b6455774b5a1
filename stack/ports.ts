import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { tryLock } from './lock';

/** A port that no other stack will choose until it is released or this process ends. */
export interface ReservedPort {
  port: number;
  release(): void;
}

/** What this process holds, so that an end without release (Ctrl-C, an error) leaves no files about. */
const held = new Set<() => void>();
process.once('exit', () => {
  for (const release of held) release();
});

/** Tries to listen; ::1 as well, since a browser that is given "localhost" asks there first. */
function listens(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody listening on ::1.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? undefined : port));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** Between choosing a port and a slow server's bind lie many seconds: the reservation covers them across processes. */
function reservation(port: number): (() => void) | undefined {
  return tryLock(join(tmpdir(), `vestibule-ports-${userInfo().username}`, String(port)));
}

/**
 * Finds a port that is free on 127.0.0.1 and ::1 and keeps other stacks off it.
 * @param preferred taken when it is free
 * @returns the port with its release
 */
export async function reservePort(preferred?: number): Promise<ReservedPort> {
  const wanted = preferred === undefined ? [] : [preferred];
  for (;;) {
    const asked = wanted.shift() ?? 0;
    const port = await listens(asked, '127.0.0.1');
    if (port === undefined || port === 0 || (await listens(port, '::1')) === undefined) continue;
    const release = reservation(port);
    if (!release) continue;
    held.add(release);
    return {
      port,
      release() {
        held.delete(release);
        release();
      },
    };
  }
}
