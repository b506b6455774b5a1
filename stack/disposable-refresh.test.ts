import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refreshDisposableDomains } from './disposable-refresh';

const MANY = Array.from({ length: 1_200 }, (_, index) => `throwaway-${String(index).padStart(4, '0')}.example`);
const WRITTEN = `${MANY.join('\n')}\n`;

/** What the list's server answers, by path. */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: string]>> = {
  '/list.txt': [200, [...MANY].reverse().join('\n')],
  '/list.json': [200, JSON.stringify(MANY)],
  '/bad.txt': [200, [...MANY, 'gmail.com'].join('\n')],
  '/short.txt': [200, 'throwaway.example\n'],
  '/page': [200, '<!doctype html><title>Sign in</title>'],
  '/gone': [404, 'gone'],
};

let server: Server;
let origin: string;
let folder: string;
let file: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') return response.writeHead(302, { location: '/list.txt' }).end();
    if (request.url === '/endless') {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      return more();
    }
    const [status, body] = ANSWERS[request.url ?? ''] ?? [404, ''];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'disposable-'));
});

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  file = join(folder, 'lists', 'domains.txt');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['/list.txt', '/list.json', '/moved'])(
  'a list is fetched, and written for the portal to read: %s',
  async (path) => {
    expect(await refreshDisposableDomains(`${origin}${path}`, file)).toEqual({
      said: `1200 domains written to ${file}`,
      isWell: true,
    });
    expect(readFileSync(file, 'utf8')).toBe(WRITTEN);
    expect(readdirSync(join(folder, 'lists'))).toEqual(['domains.txt']);
    expect((await refreshDisposableDomains(`${origin}${path}`, file)).said).toContain('up to date');
  },
);

test.each([
  ['/bad.txt', 'well-known providers in it: gmail.com'],
  ['/short.txt', 'has 1 domains'],
  ['/page', 'has no domain as its entry 1'],
  ['/gone', 'answers HTTP 404'],
  ['/endless', 'larger than 20 MB'],
])('a wrong answer changes nothing: %s', async (path, why) => {
  await refreshDisposableDomains(`${origin}/list.txt`, file);
  writeFileSync(file, 'as it was');
  const result = await refreshDisposableDomains(`${origin}${path}`, file);
  expect(result.isWell).toBe(false);
  expect(result.said).toContain(why);
  expect(result.said).toContain('left as it was');
  expect(readFileSync(file, 'utf8')).toBe('as it was');
});

test('nobody there changes nothing, either', async () => {
  expect((await refreshDisposableDomains('http://127.0.0.1:9/list', file)).said).toContain('Nothing answers');
});

/** Runs the command as an operator does. */
function run(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'stack/email-refresh.ts', ...args], {
    env: { ...process.env, ...variables },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

test('the command takes the address and the file from the variables, or as arguments', {
  timeout: 60_000,
}, async () => {
  const variables = { DISPOSABLE_DOMAINS_URL: `${origin}/list.txt`, DISPOSABLE_DOMAINS_FILE: file };
  expect(await run([], variables)).toMatchObject({ code: 0, said: expect.stringContaining('1200 domains written') });
  const other = `${file}.other`;
  expect((await run([`${origin}/list.json`, '--file', other], variables)).code).toBe(0);
  expect(readFileSync(other, 'utf8')).toBe(WRITTEN);
  const without = await run([], { DISPOSABLE_DOMAINS_URL: '', DISPOSABLE_DOMAINS_FILE: file });
  expect(without).toMatchObject({ code: 1, said: expect.stringContaining('DISPOSABLE_DOMAINS_URL') });
});
