import { expect, test } from 'vitest';
import { isEmailAllowed } from './email-rules';

test.each([
  ['no lists: everyone', 'a@b.example', [], [], true],
  ['a denied domain', 'a@spam.example', [], ['spam.example'], false],
  ['its subdomains and any case, too', 'a@MX.Spam.example', [], ['spam.example'], false],
  ['a name that only ends alike is another domain', 'a@notspam.example', [], ['spam.example'], true],
  ['with an allow list only its domains', 'a@other.example', ['ours.example'], [], false],
  ['denied beats allowed', 'a@bad.ours.example', ['ours.example'], ['bad.ours.example'], false],
])('%s', (_, email, allow, deny, expected) => {
  expect(isEmailAllowed(email, { allow, deny })).toBe(expected);
});
