import { expect, test } from 'vitest';
import { clientAddress, throttleKey } from './client-address';

test.each([
  ['no proxy: the socket itself counts, whatever was forged', '6.6.6.6, 203.0.113.9', 0, '203.0.113.9'],
  ['one proxy: what it appended counts', '6.6.6.6, 198.51.100.7, 10.0.0.1', 1, '198.51.100.7'],
  ['fewer hops than trusted proxies: the first of them', '203.0.113.9', 2, '203.0.113.9'],
  ['no header at all', null, 0, 'unknown'],
])('%s', (_, header, proxies, expected) => {
  expect(clientAddress(header, proxies)).toBe(expected);
});

test.each([
  ['IPv4 counts as it is', '203.0.113.9', '203.0.113.9'],
  ['an IPv4 address in IPv6 clothes is the IPv4 address', '::ffff:203.0.113.9', '203.0.113.9'],
  ['IPv6 counts by its network of 64 bits', '2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['a shortened IPv6 address is spelled out first', '2001:db8::5', '2001:db8:0:0::/64'],
])('%s', (_, address, expected) => {
  expect(throttleKey(address)).toBe(expected);
});
