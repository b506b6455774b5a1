import { expect, test } from 'vitest';
import { isOddForFile } from './file-methods';

test.each([
  ['DELETE', '/robots.txt?client_id=shop'],
  ['POST', '/embed.js'],
  ['PUT', '/icon.svg'],
])('a file is not there for %s %s', (method, target) => {
  expect(isOddForFile(method, target)).toBe(true);
});

test.each([
  ['GET', '/robots.txt'],
  ['HEAD', '/embed.js?1'],
  ['POST', '/en/sign-up'],
  ['POST', '/api/sweep?apply=true.'],
  ['DELETE', '/_next/static/chunks/x.js'],
])('all else is Next’s: %s %s', (method, target) => {
  expect(isOddForFile(method, target)).toBe(false);
});
