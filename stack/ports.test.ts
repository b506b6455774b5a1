import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type ReservedPort, reservePort } from './ports';

const open: Server[] = [];
const reserved: ReservedPort[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
  for (const port of reserved.splice(0)) port.release();
});

async function reserve(preferred?: number): Promise<number> {
  const port = await reservePort(preferred);
  reserved.push(port);
  return port.port;
}

test('a free preferred port is taken, and nobody gets it twice before it is released', async () => {
  const first = await reserve();
  reserved.splice(0)[0]?.release();
  expect(await reserve(first)).toBe(first);
  expect(await reserve(first)).not.toBe(first);
});

test('a port that somebody listens on is not taken', async () => {
  const server = createServer();
  open.push(server);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  expect(await reserve(port)).not.toBe(port);
});
