import { expect, test } from 'vitest';
import { isFromElsewhere, isFromOwnPage } from './own-page';

const OWN = 'https://signup.example.com';
const isOwn = (headers: Record<string, string>) => isFromOwnPage(new Headers(headers), OWN);

test('only a link on one of our own pages counts as one', () => {
  expect(isOwn({ 'sec-fetch-site': 'same-origin' })).toBe(true);
  for (const site of ['cross-site', 'same-site', 'none', '']) expect(isOwn({ 'sec-fetch-site': site })).toBe(false);
});

test('where a browser sends no Fetch Metadata, the referrer decides', () => {
  expect(isOwn({ referer: `${OWN}/en/sign-up` })).toBe(true);
  for (const referer of ['https://signup.example.com.evil.example/', 'nonsense'])
    expect(isOwn({ referer })).toBe(false);
  expect(isOwn({})).toBe(false);
});

test('a referrer does not outweigh what Fetch Metadata says', () => {
  expect(isOwn({ 'sec-fetch-site': 'cross-site', referer: `${OWN}/en/sign-up` })).toBe(false);
});

test.each([
  ['another origin', { origin: 'https://evil.example' }, true],
  ['an origin that hides itself', { origin: 'null' }, true],
  ['our origin with another port', { origin: `${OWN}:444` }, true],
  ['another site, without an origin', { 'sec-fetch-site': 'cross-site' }, true],
  ['a sibling of our site', { origin: OWN, 'sec-fetch-site': 'same-site' }, true],
  ['our own page', { origin: OWN, 'sec-fetch-site': 'same-origin' }, false],
  ['our own page, in a browser without Fetch Metadata', { origin: OWN }, false],
  ['nobody’s page', { 'sec-fetch-site': 'none' }, false],
  ['no browser', {}, false],
])('a post of %s', (_, headers, expected) => {
  expect(isFromElsewhere(new Headers(headers), OWN)).toBe(expected);
});
