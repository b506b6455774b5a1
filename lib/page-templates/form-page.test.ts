import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { formPage } from './form-page';
import { remembersLocale } from './shared-page';

beforeEach(() => stubPortalEnv({}));
afterEach(() => vi.unstubAllEnvs());

const asked = (url: string, headers: Record<string, string> = {}, method = 'GET') => formPage({ url, headers, method });

/** How the page of a link is asked for on nobody's behalf. */
const forNobody = async (url: string) => (await asked(url)?.forNobody())?.path;

describe('the page of a link', () => {
  it('is everyones, by its language, its place and who sends people there', async () => {
    expect(asked('/en/sign-up')?.locale).toBe('en');
    expect(await forNobody('/en/sign-up')).toBe('/en/sign-up');
    expect(asked('/ar/embed/sign-up?client_id=shop')?.locale).toBe('ar');
    expect(await forNobody('/ar/embed/sign-up?client_id=shop')).toBe('/ar/embed/sign-up?client_id=shop');
  });

  it('is everyones whatever the application wants back, as long as it can stand anywhere', async () => {
    const state = 'af0ifjsldkj-._A9_of-a-visitor';
    const page = asked(`/en/sign-up?state=${state}&client_id=shop`);
    const nobody = await page?.forNobody();
    expect(nobody?.marks.state).toHaveLength(state.length);
    expect(nobody?.path).toBe(`/en/sign-up?client_id=shop&state=${nobody?.marks.state}`);
    expect(await page?.own()).toMatchObject({ state });
    expect(page?.key).toBe(asked(`/en/sign-up?client_id=shop&state=${'x'.repeat(state.length)}`)?.key);
  });

  it('gives every visitor a token of their own, as long as its mark', async () => {
    const page = asked('/en/sign-up');
    const [one, other] = [await page?.own(), await page?.own()];
    expect(one?.formToken).not.toBe(other?.formToken);
    expect((await page?.forNobody())?.marks.formToken).toHaveLength(one?.formToken?.length ?? 0);
  });

  it('is the same one in whatever order its parameters stand, and with empty ones', async () => {
    const one = '/en/sign-up?client_id=shop&redirect_uri=https%3A%2F%2Fa.example%2Fb%3Fc%3Dd&scope=';
    const other = '/en/sign-up?redirect_uri=https://a.example/b%3Fc%3Dd&client_id=shop';
    expect(await forNobody(one)).toBe('/en/sign-up?client_id=shop&redirect_uri=https%3A%2F%2Fa.example%2Fb%3Fc%3Dd');
    expect([asked(other)?.key, await forNobody(other)]).toEqual([asked(one)?.key, await forNobody(one)]);
  });
});

describe('what may be one visitors is nobody elses', () => {
  test.each([
    'state=short',
    'state=with%20something%20to%20escape',
    'state=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    'state=tilde~is~escaped~by~forms',
    'state=af0ifjsldkj-af0ifjsldkj&state=af0ifjsldkj-af0ifjsldkj',
    `state=${'x'.repeat(257)}`,
    'authorization=sealed',
    'prefill=sealed',
    'login_hint=ann%40example.com',
    'email=ann%40example.com',
    'renewed=',
    'ui_locales=de',
    '_rsc=abc',
    'client_id=other',
  ])('not with %s', (parameter) => {
    expect(asked(`/en/sign-up?client_id=shop&${parameter}`)).toBeUndefined();
  });

  test.each([
    '/en/sign-up/check-email',
    '/en/sign-up/verified',
    '/en/welcome',
    '/en/terms',
    '/en',
    '/sign-up',
    '/xx/sign-up',
    '/en/sign-up%3Fclient_id=shop',
    '/preview/sign-up',
    '/api/health',
    `/en/sign-up?redirect_uri=${'x'.repeat(2_000)}`,
  ])('not %s', (url) => {
    expect(asked(url)).toBeUndefined();
  });

  test.each(['rsc', 'next-router-prefetch', 'next-router-state-tree', 'next-action'])(
    'not with the header %s',
    (name) => {
      expect(asked('/en/sign-up', { [name]: '1' })).toBeUndefined();
    },
  );

  test.each(['POST', 'PUT', 'OPTIONS', 'DELETE'])('not by %s', (method) => {
    expect(asked('/en/sign-up', {}, method)).toBeUndefined();
  });
});

describe('the language of a page is remembered', () => {
  test.each([
    ['where the visitor had another', { cookie: 'a=b; NEXT_LOCALE=de' }, true],
    ['not where it is theirs already', { cookie: 'NEXT_LOCALE=en; a=b' }, false],
    ["where it isn't their browser's", { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' }, true],
    ["not where it is their browser's", { 'accept-language': 'en-GB,de;q=0.5' }, false],
    ['where a browser knows none of ours but the page is English', { 'accept-language': 'fr' }, false],
    ['where the browser says nothing', {}, true],
    ['where the browser takes any', { 'accept-language': '*' }, true],
    ['where the browser takes any, more or less', { 'accept-language': '*;q=0.5' }, true],
    ['not for a frame', { cookie: 'NEXT_LOCALE=de', 'sec-fetch-dest': 'iframe' }, false],
  ])('%s', (_, headers, expected) => {
    expect(remembersLocale('en', headers)).toBe(expected);
  });
});
