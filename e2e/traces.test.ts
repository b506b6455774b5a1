import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTraces, tracesOf } from './traces';
import { ASKED_FILE, postedFields, TYPED_FILE } from './typed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traces-'));
  mkdirSync(join(folder, 'build', '.next', 'cache', 'fetch-cache'), { recursive: true });
  mkdirSync(join(folder, 'build', '.next', 'server', 'app'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines = (...all: object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
const find = () => tracesOf(folder, join(folder, 'build'));

test('a planted value is found in a log, an address, a referrer and a cache, and is not told', () => {
  put(TYPED_FILE, lines({ kind: 'email', value: 'Planted+1@example.com' }));
  put('portal-main.log', '{"event":"sign-up.created","note":"planted+1@example.com"}\n');
  put('keycloak.log', 'planted+1@example.com');
  put(
    ASKED_FILE,
    lines({
      url: 'http://p/en/welcome?x=planted%2B1%40example.com',
      status: 200,
      referrer: 'http://p/?planted%2b1@example.com',
    }),
  );
  put('build/.next/cache/fetch-cache/1', 'PLANTED+1@EXAMPLE.COM');
  put('build/.next/server/app/en.html', '<p>planted+1@example.com</p>');
  const found = find();
  expect(found).toEqual([
    'portal-main.log: email',
    '.next/cache/fetch-cache/1: email',
    '.next/server/app/en.html: email',
    'addresses of the portals: email',
    'referrers: email',
  ]);
  expect(found.join('\n')).not.toContain('@');
});

test('an address from outside may hold a value only where the portal leads to a clean one', () => {
  put(TYPED_FILE, lines({ kind: 'email', value: 'planted@example.com' }));
  const link = 'http://p/en/sign-up?login_hint=planted@example.com';
  put(ASKED_FILE, lines({ url: link, status: 307, referrer: '' }));
  expect(find()).toEqual([]);
  put(ASKED_FILE, lines({ url: link, status: 200, referrer: '' }));
  expect(find()).toEqual(['addresses of the portals: email']);
});

test('what is short, or said by everyone, is no trace', () => {
  const typed = ['Ada', 'Harbour', '      '].map((value) => ({ kind: 'name', value }));
  expect(findTraces(typed, [{ name: 'log', text: 'Ada at the Harbour      ' }])).toEqual([]);
});

test('a value is found as JSON writes it', () => {
  expect(
    findTraces([{ kind: 'name', value: 'a "quoted" name' }], [{ name: 'log', text: '{"x":"a \\"quoted\\" name"}' }]),
  ).toEqual(['log: name']);
});

test('posted forms are read in both encodings', () => {
  expect(postedFields('a=1&b=x%20y', 'application/x-www-form-urlencoded')).toEqual([
    ['a', '1'],
    ['b', 'x y'],
  ]);
  const body =
    '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n--B\r\nContent-Disposition: form-data; name="b"\r\n\r\n\r\n--B--\r\n';
  expect(postedFields(body, 'multipart/form-data; boundary=B')).toEqual([
    ['a', '1\r\n2'],
    ['b', ''],
  ]);
  expect(postedFields('[]', 'text/plain')).toEqual([]);
});
