import { expect, test } from 'vitest';
import { mendedTarget } from './request-target';

test.each([
  ['/en/sign-up?a=%20b', '/en/sign-up?a=%20b'],
  ['/en/%E0%A4%A/x?y', '/en/%25E0%25A4%25A/x?y'],
  ['/%ff', '/%25ff'],
  ['/a?b=%', '/a?b=%25'],
  ['*', '/'],
  ['http://evil.example/en?x', '/en?x'],
  ['nowhere', '/'],
])('%s asks for %s', (target, mended) => {
  expect(mendedTarget(target)).toBe(mended);
  expect(() => decodeURIComponent(mended)).not.toThrow();
});
