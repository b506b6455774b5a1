import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpServer, serveHttp } from '../http';
import { type ReservedPort, reservePort } from '../ports';
import type { Environment } from '../processes';
import { fetchDistribution, keycloakVersion } from './distribution';

/** A zip with keycloak-26.7.3/version.txt and nothing else in it. */
const ZIP = Buffer.from(
  'UEsDBBQAAAAIAGUneV2LAfH6HAAAABoAAAAbAAAAa2V5Y2xvYWstMjYuNy4zL3ZlcnNpb24udHh0806tTM7JT8xW0FUISy0qzszPUzAy0zPXM+YCAFBLAQIUAxQAAAAIAGUneV2LAfH6HAAAABoAAAAbAAAAAAAAAAAAAACAAQAAAABrZXljbG9hay0yNi43LjMvdmVyc2lvbi50eHRQSwUGAAAAAAEAAQBJAAAAVQAAAAAA',
  'base64',
);
const base = mkdtempSync(join(tmpdir(), 'vestibule-distribution-'));
let number = 0;
let folder = '';
let server: HttpServer | undefined;
let reserved: ReservedPort | undefined;

beforeEach(() => {
  folder = join(base, String(number++));
  mkdirSync(folder);
});
afterEach(async () => {
  await server?.stop();
  reserved?.release();
});
afterAll(() => rmSync(base, { recursive: true }));

/** A release page with the archive and a sum beside it. */
async function release(sum: string | undefined): Promise<string> {
  reserved = await reservePort();
  server = await serveHttp(reserved.port, (_request, url, response) => {
    if (url.pathname === '/keycloak.zip') response.end(ZIP);
    else if (url.pathname === '/keycloak.zip.sha1' && sum) response.end(`${sum}  keycloak.zip\n`);
    else response.writeHead(404).end();
  });
  return `${server.url}/keycloak.zip`;
}

/** Fetches as a machine without Keycloak would. */
function fetchFrom(env: Environment): Promise<void> {
  return fetchDistribution({
    folder,
    target: join(folder, 'keycloak'),
    env: { PATH: process.env.PATH, ...env },
    log: join(folder, 'tools.log'),
    progress: () => undefined,
  });
}

test('an archive that matches its published checksum is unpacked', async () => {
  const url = await release(createHash('sha1').update(ZIP).digest('hex'));
  await fetchFrom({ KEYCLOAK_ARCHIVE_URL: url });
  expect(keycloakVersion(join(folder, 'keycloak'))).toBe('26.7.3');
});

test('an archive with another checksum is refused and removed', async () => {
  const url = await release('0'.repeat(40));
  await expect(fetchFrom({ KEYCLOAK_ARCHIVE_URL: url })).rejects.toThrow(/is published for it: not used/);
  expect(existsSync(join(folder, 'keycloak.zip'))).toBe(false);
  expect(existsSync(join(folder, 'keycloak'))).toBe(false);
});

test.each([
  ['is missing', undefined, /HTTP 404/],
  ['is not a checksum', '<html>', /does not hold a SHA-1/],
])('without a checksum nothing is used: it %s', async (_name, sum, message) => {
  const url = await release(sum);
  await expect(fetchFrom({ KEYCLOAK_ARCHIVE_URL: url })).rejects.toThrow(message);
});

test('KEYCLOAK_HOME is copied without its data, and left alone', async () => {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'data'), { recursive: true });
  writeFileSync(join(home, 'version.txt'), 'Keycloak - Version 26.7.9\n');
  await fetchFrom({ KEYCLOAK_HOME: home });
  expect(keycloakVersion(join(folder, 'keycloak'))).toBe('26.7.9');
  expect(existsSync(join(folder, 'keycloak', 'data'))).toBe(false);
  expect(readFileSync(join(home, 'version.txt'), 'utf8')).toContain('26.7.9');
});

test('another Keycloak than 26.7.x is refused', async () => {
  const home = join(folder, 'home');
  mkdirSync(home);
  await expect(fetchFrom({ KEYCLOAK_HOME: home })).rejects.toThrow(/no version.txt/);
  writeFileSync(join(home, 'version.txt'), 'Keycloak - Version 26.6.1\n');
  await expect(fetchFrom({ KEYCLOAK_HOME: home })).rejects.toThrow(/is not Keycloak 26.7.x/);
});
