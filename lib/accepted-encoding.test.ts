import { expect, test } from 'vitest';
import { takesEncoding } from './accepted-encoding';

test.each([
  ['gzip', 'gzip, deflate, br, zstd', true],
  ['br', 'gzip, deflate, br, zstd', true],
  ['gzip', 'br;q=1.0, gzip;q=0.8', true],
  ['gzip', 'GZIP ; Q=0.001', true],
  ['gzip', 'gzip;q=0', false],
  ['gzip', 'gzip;q=0.0, br', false],
  ['gzip', 'br', false],
  ['br', 'brotli', false],
  ['gzip', '', false],
  ['gzip', undefined, false],
] as const)('%s, asked for with %s', (encoding, header, expected) => {
  expect(takesEncoding(encoding, header)).toBe(expected);
});
