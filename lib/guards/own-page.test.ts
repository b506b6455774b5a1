import { expect, test } from 'vitest';
import { isFromOwnPage } from './own-page';

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
