import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compressedFiles } from './compressed-files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compressed-'));
  mkdirSync(join(folder, 'chunks'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('what was compressed at the build is found under the address of the file that it is of', () => {
  writeFileSync(join(folder, 'chunks', 'one.js.br'), 'packed');
  writeFileSync(join(folder, 'chunks', 'one.js'), 'as it is');
  writeFileSync(join(folder, 'chunks', 'two.css.br'), 'packed, too');
  const files = compressedFiles(folder);
  expect([...files.keys()].sort()).toEqual(['/_next/static/chunks/one.js', '/_next/static/chunks/two.css']);
  const one = files.get('/_next/static/chunks/one.js');
  expect(String(one?.body)).toBe('packed');
  expect(one?.headers.join('\n')).toContain('Content-Type\napplication/javascript');
  expect(one?.headers.join('\n')).toContain('Content-Length\n6');
  expect(files.get('/_next/static/chunks/two.css')?.headers).toContain('text/css; charset=UTF-8');
});

test('a build without such files has none, and neither has no build', () => {
  expect(compressedFiles(folder).size).toBe(0);
  expect(compressedFiles(join(folder, 'elsewhere')).size).toBe(0);
});
