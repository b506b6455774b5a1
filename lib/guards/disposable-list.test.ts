import { disposableEmailBlocklist } from 'disposable-email-domains-js';
import { expect, test } from 'vitest';
import { readDisposableList } from './disposable-list';

const MANY = Array.from({ length: 1_200 }, (_, index) => `throwaway-${index}.example`);
const problemOf = (text: string) => {
  const list = readDisposableList(text);
  return list.ok ? undefined : list.problem;
};

test.each([
  ['a domain on each line', MANY.join('\n')],
  [
    'lines of another system, with blanks and a mark in front',
    `\uFEFF${MANY.map((one) => ` ${one} `).join('\r\n')}\r\n\r\n`,
  ],
  ['comments', `# a list\n// of domains\n${MANY.join('\n')}`],
  ['a JSON array', JSON.stringify(MANY, null, 2)],
  ['capitals', MANY.join('\n').toUpperCase()],
  ['the same twice', [...MANY, ...MANY].join('\n')],
])('a list is read: %s', (_, text) => {
  const list = readDisposableList(text);
  expect(list.ok && [...list.domains]).toEqual(MANY);
});

test('domains are kept as the DNS knows them', () => {
  const list = readDisposableList([...MANY, 'müll.example'].join('\n'));
  expect(list.ok && list.domains.has('xn--mll-hoa.example')).toBe(true);
});

test.each([
  ['a page in its place', '<!doctype html>\n<title>Not found</title>', /no domain as its entry 1/],
  ['broken JSON', `[${MANY.map((one) => `"${one}"`).join(',')}`, /neither a JSON array nor text/],
  ['JSON of another shape', JSON.stringify({ domains: MANY }), /no domain as its entry/],
  ['an array of something else', JSON.stringify([...MANY, 7]), /no domain as its entry 1201/],
  ['addresses', [...MANY, 'ada@example.com'].join('\n'), /no domain as its entry 1201/],
  ['a whole top-level domain', [...MANY, 'com'].join('\n'), /no domain as its entry 1201/],
  ['wildcards', [...MANY, '*.example.com'].join('\n'), /no domain as its entry 1201/],
  ['two columns', MANY.map((one) => `${one},1`).join('\n'), /no domain as its entry 1/],
  ['too few', MANY.slice(0, 999).join('\n'), /999 domains, and at least 1000/],
  ['nothing', '', /0 domains/],
  [
    'a provider that half the world has',
    [...MANY, 'gmail.com', 'web.de'].join('\n'),
    /well-known.*gmail\.com.*web\.de/,
  ],
])('a wrong one is refused, with the reason: %s', (_, text, problem) => {
  expect(problemOf(text)).toMatch(problem);
});

test('the list that comes with the portal passes the same check', () => {
  expect(problemOf(disposableEmailBlocklist().join('\n'))).toBeUndefined();
});
