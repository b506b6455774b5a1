import { expect, test } from 'vitest';
import { asciiDomain, mailboxOf } from './mailbox';

const ADA = 'ada@example.com';

test.each([
  ['as it is', 'ada@example.com'],
  ['in capitals', 'Ada@EXAMPLE.com'],
  ['with a tag', 'ada+shop@example.com'],
  ['with two', 'ada+shop+2@example.com'],
  ['with an empty tag', 'ada+@example.com'],
  ['in quotes that it does not need', '"ada"@example.com'],
  ['with a tag in quotes', '"ada+shop"@example.com'],
  ['with an escape that it does not need', '"a\\da"@example.com'],
  ['with blanks around', ' ada@example.com '],
  ['with a full-width domain', 'ada@ｅｘａｍｐｌｅ．com'],
])('one inbox, however it is spelled: %s', (_, email) => {
  expect(mailboxOf(email)).toBe(ADA);
});

test.each([
  ['dots count: only one provider ignores them', 'a.da@example.com', 'a.da@example.com'],
  ['a plus in front is no tag', '+ada@example.com', '+ada@example.com'],
  ['but one after it is', '+ada+shop@example.com', '+ada@example.com'],
  ['another domain is another inbox', 'ada@mail.example.com', 'ada@mail.example.com'],
  ['a domain in its own script', 'ada@MÜLLER.de', 'ada@xn--mller-kva.de'],
  ['the same in Punycode', 'ada@xn--mller-kva.de', 'ada@xn--mller-kva.de'],
  ['one character or two that make it: the same letter', 'zoe\u0308@example.com', 'zo\u00EB@example.com'],
  ['an @ in quotes', '"a@b"@example.com', 'a@b@example.com'],
  ['an address literal', 'ada@[IPv6:2001:DB8::1]', 'ada@[ipv6:2001:db8::1]'],
  ['what the DNS can not know', 'ada@Example.com/x', 'ada@example.com/x'],
  ['no address at all', 'Ada', 'ada'],
  ['nothing', '', ''],
])('%s', (_, email, expected) => {
  expect(mailboxOf(email)).toBe(expected);
});

test('an inbox has one form: folding it again changes nothing', () => {
  for (const email of ['ada+x@example.com', 'A@Müller.de', '+a@example.com'])
    expect(mailboxOf(mailboxOf(email))).toBe(mailboxOf(email));
});

test('a domain is no more than its name in ASCII: nothing is decoded or cut off', () => {
  expect(asciiDomain('EXAMPLE。com')).toBe('example.com');
  for (const domain of ['ex%61mple.com', 'example.com#x', 'example.com:25']) expect(asciiDomain(domain)).toBe(domain);
});
