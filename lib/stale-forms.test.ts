import { expect, it } from 'vitest';
import { renewedAddress } from './stale-forms';

it.each([
  ['/en/sign-up', '/en/sign-up?renewed='],
  ['/de/sign-up?client_id=shop', '/de/sign-up?client_id=shop&renewed='],
  ['/en/sign-up?renewed=', '/en/sign-up?renewed='],
  ['//evil.example/x', '/evil.example/x?renewed='],
  ['http://evil.example/x', '/x?renewed='],
  ['/.//evil.example', '/evil.example?renewed='],
])('leads %s to %s, always on this host', (posted, expected) => {
  expect(renewedAddress(posted)).toBe(expected);
});
