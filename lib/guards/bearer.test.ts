import { expect, test } from 'vitest';
import { carriesToken } from './bearer';

const TOKEN = 'x7Kb+/2='.repeat(5);

test.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`])(
  'the right token is taken, however the scheme is written: %s',
  (header) => {
    expect(carriesToken(header, TOKEN)).toBe(true);
  },
);

test.each([
  ['none', null],
  ['an empty one', ''],
  ['the scheme alone', 'Bearer '],
  ['another scheme', `Basic ${TOKEN}`],
  ['the token without its scheme', TOKEN],
  ['a longer token', `Bearer ${TOKEN}x`],
  ['a shorter token', `Bearer ${TOKEN.slice(1)}`],
  ['two tokens', `Bearer ${TOKEN} ${TOKEN}`],
])('anything else is refused: %s', (_what, header) => {
  expect(carriesToken(header, TOKEN)).toBe(false);
});
