import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { isInRange, newHealth, type RangeService } from '../../lib/guards/leaked-passwords';
import { startLeakedPasswords } from './start';

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const one of cleanUp.splice(0)) await one();
});

/** A service, what was told of it, and a clock that a test turns. */
function service(url: string, timeout = 2_000) {
  const told: (readonly [string, Readonly<Record<string, string | number>>])[] = [];
  const clock = { time: 0 };
  const made: RangeService = {
    url,
    timeout,
    health: newHealth(),
    now: () => clock.time,
    tell: (event, facts) => told.push([event, facts]),
  };
  return { service: made, told, clock };
}

async function rangesOf(passwords: Readonly<Record<string, number>>) {
  const ranges = await startLeakedPasswords(passwords);
  cleanUp.push(ranges.stop);
  return ranges;
}

/** Something that answers otherwise than a range service does. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a leaked password is known, any other is not', async () => {
  const { url } = await rangesOf({ 'Harbour-light-42': 3, 'Hafen für Öl': 1 });
  const { service: ranges, told } = service(url);
  expect(await isInRange('Harbour-light-42', ranges)).toBe(true);
  expect(await isInRange('Hafen für Öl', ranges)).toBe(true);
  expect(await isInRange('harbour-light-42', ranges)).toBe(false);
  expect(told).toEqual([]);
});

test('only the prefix of the hash leaves, and padding is asked for', async () => {
  const { url, asked } = await rangesOf({});
  await isInRange('password', service(url).service);
  // SHA-1 of "password": 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8
  expect(asked).toEqual([{ path: '/range/5BAA6', padded: true }]);
});

test('what is only padding has not leaked', async () => {
  const url = await serving((_, response) => response.end('1E4C9B93F3F0682250B6CF8331B7EE68FD8:0\r\n'));
  expect(await isInRange('password', service(url).service)).toBe(false);
});

test('lines may end either way, in letters of either case', async () => {
  const url = await serving((_, response) =>
    response.end(`${'0'.repeat(35)}:7\n1e4c9b93f3f0682250b6cf8331b7ee68fd8:12\n`),
  );
  expect(await isInRange('password', service(url).service)).toBe(true);
});

test.each<[string, RequestListener]>([
  ['it fails', (_, response) => response.writeHead(503).end('1E4C9B93F3F0682250B6CF8331B7EE68FD8:12')],
  ['it is not one', (_, response) => response.end('<!doctype html>')],
  ['it sends elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ['it hangs up', (_, response) => response.destroy()],
  ['it says nothing', () => undefined],
  [
    'its answer has no end',
    (_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    },
  ],
])('the password passes where the service is no help, and the log counts it: %s', async (_, listener) => {
  const { service: ranges, told } = service(await serving(listener), 300);
  expect(await isInRange('password', ranges)).toBe(false);
  expect(told).toEqual([['leaked-passwords.unavailable', { reason: expect.any(String), failures: 1 }]]);
  expect(JSON.stringify(told)).not.toMatch(/5BAA6|password"|127\.0/);
});

test('a service that keeps failing is left alone for half a minute', async () => {
  let asked = 0;
  const url = await serving((_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  const { service: ranges, told, clock } = service(url);
  for (let attempt = 0; attempt < 6; attempt++) await isInRange('password', ranges);
  expect(asked).toBe(3);
  clock.time = 30_000;
  await isInRange('password', ranges);
  expect(asked).toBe(4);
  expect(told.map(([, { failures }]) => failures)).toEqual([1, 2, 3, 4]);
});
