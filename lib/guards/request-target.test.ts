import { expect, test } from 'vitest';
import { mendedTarget } from './request-target';

test.each(['/en/sign-up?a=%20b', '/en/%E2%82%AC', '/', '/en/sign-up?a=//b/'])(
  'an address that can be read stays as it is: %s',
  (target) => {
    expect(mendedTarget(target)).toBe(target);
  },
);

test.each([
  ['/en/%E0%A4%A/x?y', '/en/%25E0%25A4%25A/x?y'],
  ['/%ff', '/%25ff'],
  ['/a?b=%', '/a?b=%25'],
  ['/en/%', '/en/%25'],
  ['/en/100%?q=%', '/en/100%25?q=%25'],
  ['/en/%20%zz', '/en/%20%25zz'],
  ['/en/%C0%AF/x', '/en/%25C0%25AF/x'],
  ['/en/%00', '/en/%2500'],
  ['/en/%0d%0aSet-Cookie:x', '/en/%250d%250aSet-Cookie:x'],
])('one that can’t is taken literally: %s asks for %s', (target, mended) => {
  expect(mendedTarget(target)).toBe(mended);
  expect(() => decodeURIComponent(mended)).not.toThrow();
});

test.each([
  ['//evil.example/en', '/evil.example/en'],
  ['/\\evil.example/en/', '/evil.example/en'],
  ['//', '/'],
  ['*', '/'],
  ['http://evil.example/en?x', '/en?x'],
  ['nowhere', '/'],
])('one that leads elsewhere, or has slashes too many, leads to a page of ours: %s asks for %s', (target, mended) => {
  expect(mendedTarget(target)).toBe(mended);
});
