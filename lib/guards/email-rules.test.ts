import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { describe, expect, test } from 'vitest';
import { isListed } from './disposable-list';
import { type EmailRules, judgeEmail } from './email-rules';

const NO_LISTS = { allow: [], deny: [], notDisposable: [] };
const DEFAULTS: EmailRules = {
  emailDomains: NO_LISTS,
  disposableEmail: 'refuse',
  plusAddressing: 'allow',
  deceptiveEmail: 'refuse',
};

const built = disposableEmailBlocklistSet();

const judge = (email: string | undefined, rules: Partial<EmailRules> = {}) =>
  judgeEmail(email, { ...DEFAULTS, ...rules }, (domain) => isListed(built, domain));

/** Whether an address passes the two lists. */
const isAllowed = (email: string, allow: readonly string[], deny: readonly string[]) =>
  judge(email, { emailDomains: { ...NO_LISTS, allow, deny } }) === undefined;

describe('lists of who may and who may not', () => {
  test.each([
    ['no lists: everyone', 'a@b.example', [], [], true],
    ['a denied domain', 'a@spam.example', [], ['spam.example'], false],
    ['its subdomains and any case, too', 'a@MX.Spam.example', [], ['spam.example'], false],
    ['a name that only ends alike is another domain', 'a@notspam.example', [], ['spam.example'], true],
    ['with an allow list only its domains', 'a@other.example', ['ours.example'], [], false],
    ['denied beats allowed', 'a@bad.ours.example', ['ours.example'], ['bad.ours.example'], false],
    ['a domain alone', 'a@ours.example', ['=ours.example'], [], true],
    ['and none of its subdomains', 'a@mail.ours.example', ['=ours.example'], [], false],
    ['subdomains alone', 'a@mail.ours.example', ['.ours.example'], [], true],
    ['at any depth', 'a@b.mail.ours.example', ['.ours.example'], [], true],
    ['and not their domain', 'a@ours.example', ['.ours.example'], [], false],
    ['a whole top-level domain', 'a@shop.example', [], ['example'], false],
    ['one address', 'ada@ours.example', ['ada@ours.example'], [], true],
    ['and nobody else there', 'bob@ours.example', ['ada@ours.example'], [], false],
    ['one address, with any tag and in any case', 'Ada+x@Ours.example', [], ['ada@ours.example'], false],
    ['several entries', 'a@two.example', ['=one.example', 'two.example'], [], true],
    ['a domain in its own script', 'a@müller.example', [], ['xn--mller-kva.example'], false],
    ['a domain in full-width letters', 'a@ｓｐａｍ.example', [], ['spam.example'], false],
    ['an @ in quotes', '"a@ours.example"@spam.example', [], ['spam.example'], false],
  ])('%s', (_, email, allow, deny, expected) => {
    expect(isAllowed(email, allow, deny)).toBe(expected);
  });

  test('who is denied alone is not told that the provider is', () => {
    const emailDomains = { ...NO_LISTS, deny: ['ada@ours.example', 'spam.example'] };
    expect(judge('ada@ours.example', { emailDomains })).toBe('emailNotAllowed');
    expect(judge('ada@spam.example', { emailDomains })).toBe('emailDomainNotAllowed');
  });
});

describe('addresses to throw away', () => {
  test.each(['mailinator.com', 'eu.mailinator.com', 'YOPMAIL.com', 'guerrillamail.com'])(
    'are refused: %s',
    (domain) => {
      expect(judge(`ada@${domain}`)).toBe('emailDisposable');
    },
  );

  test.each([
    ...['gmail.com', 'gmx.de', 'example.com', 'harbour.example', 'harbour-mailinator.com', 'com'],
    // What forwards mail protects people and reaches them.
    ...['duck.com', 'mozmail.com', 'simplelogin.com', 'passmail.net', 'privaterelay.appleid.com', 'icloud.com'],
  ])('no others are: %s', (domain) => {
    expect(judge(`ada@${domain}`)).toBeUndefined();
  });

  test('the operator may take them, all or some', () => {
    expect(judge('ada@mailinator.com', { disposableEmail: 'allow' })).toBeUndefined();
    const emailDomains = { ...NO_LISTS, notDisposable: ['mailinator.com'] };
    expect(judge('ada@eu.mailinator.com', { emailDomains })).toBeUndefined();
    expect(judge('ada@yopmail.com', { emailDomains })).toBe('emailDisposable');
  });
});

test.each([
  ['ada+shop@example.com', 'emailPlusNotAllowed'],
  ['"ada+shop"@example.com', 'emailPlusNotAllowed'],
  ['ada@example.com', undefined],
  ['+ada@example.com', undefined],
])('tags are taken, unless the operator says otherwise: %s', (email, refusal) => {
  expect(judge(email)).toBeUndefined();
  expect(judge(email, { plusAddressing: 'refuse' })).toBe(refusal);
});

test('what deceives is refused first, unless the operator says otherwise', () => {
  const email = 'ada@\u0430pple.com';
  const emailDomains = { ...NO_LISTS, allow: ['example.com'] };
  expect(judge(email, { emailDomains })).toBe('emailLookalike');
  expect(judge('a\u200Bda@example.com')).toBe('emailInvisible');
  expect(judge(email, { deceptiveEmail: 'allow' })).toBeUndefined();
});

test('no address is nobody’s', () => {
  const emailDomains = { ...NO_LISTS, allow: ['example.com'] };
  for (const none of [undefined, '', ' ']) expect(judge(none, { emailDomains })).toBeUndefined();
});
