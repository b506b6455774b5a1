import { expect, test } from 'vitest';
import { readableAddress } from './readable-address';

test.each([
  ['/en/sign-up?a=%ff', '/en/sign-up?a=%ff'],
  ['/en/%E2%82%AC', '/en/%E2%82%AC'],
  ['/', '/'],
])('an address that can be read stays as it is: %s', (address, expected) => {
  expect(readableAddress(address)).toBe(expected);
});

test.each([
  ['//evil.example/en', '/evil.example/en'],
  ['/\\evil.example/en/', '/evil.example/en'],
  ['/en/sign-up/?a=//b/', '/en/sign-up?a=//b/'],
  ['//', '/'],
  ['/en/%', '/en/%25'],
  ['/en/100%?q=%', '/en/100%25?q=%'],
  ['/en/%20%zz', '/en/%20%25zz'],
  ['/en/%ff', '/en/%25ff'],
  ['/en/%C0%AF/x', '/en/%25C0%25AF/x'],
  ['/en/%00', '/en/%2500'],
  ['/en/%0d%0aSet-Cookie:x', '/en/%250d%250aSet-Cookie:x'],
])('one that can’t, or has slashes too many, is made so: %s', (address, expected) => {
  expect(readableAddress(address)).toBe(expected);
});
