import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { hold } from '@/lib/guards/throttle';
import { type PendingSignUp, pendingSignUpPair } from '@/lib/sign-up/pending';
import { shortDigest } from '@/lib/sign-up/short-digest';
import { waitingPage } from './waiting-page';

beforeEach(() => stubPortalEnv({}));
afterEach(() => vi.unstubAllEnvs());

const EMAIL = 'ada.lovelace@people.example';
let accounts = 0;

/** A sign-up whose mail went out just now. */
async function signedUp(more: Partial<PendingSignUp> = {}): Promise<PendingSignUp> {
  const userId = `6f9619ff-8b86-d011-b42d-${String(accounts++).padStart(12, '0')}`;
  await hold('mail-cooldown', userId);
  return { userId, own: 1, email: EMAIL, mail: 'sent', actions: ['UPDATE_PASSWORD'], clientId: 'shop', ...more };
}

async function asked(pending: PendingSignUp, { cookie = '', url = '/en/sign-up/check-email' } = {}) {
  const headers = { cookie: `${await pendingSignUpPair(pending)}; ${cookie}`, 'x-forwarded-for': '192.0.2.7' };
  return waitingPage({ method: 'GET', url, headers });
}

describe('the page that waits', () => {
  it('is everyones but for the address, and what tells one sign-up from another', async () => {
    const one = await signedUp();
    const other = await signedUp({ email: 'grace.b.hopper@navy.example', own: 0 });
    const pages = [await asked(one), await asked(other)];
    expect(pages[0]?.key).toBe(pages[1]?.key);
    expect(await pages[0]?.own()).toEqual({
      email: EMAIL,
      round: shortDigest(one.userId),
    });
  });

  it('is asked for with marks as long as what they stand for, and nothing of anybodys', async () => {
    const pending = await signedUp({ state: 'af0ifjsldkj-L1kx_9' });
    const page = await asked(pending);
    const [nobody, own] = [await page?.forNobody(), await page?.own()];
    const marks: Readonly<Record<string, string>> = nobody?.marks ?? {};
    for (const [name, value] of Object.entries(own ?? {}))
      expect([name, marks[name]?.length, marks[name] === value]).toEqual([name, value.length, false]);
    expect(JSON.stringify(nobody)).not.toMatch(/ada|192\.0\.2/);
    const same = await waitingPage({
      method: 'GET',
      url: String(nobody?.path),
      headers: { cookie: String(nobody?.headers.cookie) },
    });
    // Its mail was never sent.
    expect(same).toBeUndefined();
  });

  it.each([
    ['a longer address', { email: `x${EMAIL}` }],
    ['an inbox to link to', { email: 'ada.of.lovelace@gmail.com' }],
    ['another client', { clientId: 'developers' }],
    ['somewhere else to go on to', { redirectUri: 'http://localhost/arrive' }],
    ['another link', { actions: [] }],
    ['a state', { state: 'af0ifjsldkj-L1kx_9' }],
  ])('is another one with %s', async (_, more) => {
    const page = await asked(await signedUp(more));
    expect(page?.key).toBeDefined();
    expect(page?.key).not.toBe((await asked(await signedUp()))?.key);
  });
});

test('two inboxes of one name make two pages', async () => {
  const pages = [
    await asked(await signedUp({ email: 'ada.of.lovelace@gmx.de' })),
    await asked(await signedUp({ email: 'ada.of.lovelac@gmx.com' })),
  ];
  expect(pages[0]?.key).toBeDefined();
  expect(pages[0]?.key).not.toBe(pages[1]?.key);
});

describe('what is one visitors alone', () => {
  test.each([
    ['an address that has to be escaped', { email: `o'brien.of.cork@people.example` }],
    ['an address that may be mistyped', { email: 'ada.of.lovelace@gmial.com' }],
    ['an address too short for a mark', { email: 'ada@people.example'.slice(0, 8) }],
    ['a mail that failed', { mail: 'failed' as const }],
    ['an authorization request', { authorization: 'client_id=shop' }],
    ['a state that has to be escaped', { state: 'of a visitor, of a visitor' }],
    ['nobody to wait for', { email: undefined }],
  ])('not with %s', async (_, more) => {
    expect(await asked({ ...(await signedUp()), ...more } as PendingSignUp)).toBeUndefined();
  });

  test('not once the mail was sent a while ago', async () => {
    expect(await asked({ ...(await signedUp()), userId: 'of-long-ago' })).toBeUndefined();
  });

  test('not with a session, a query, or a sign-up that nobody has sealed', async () => {
    const pending = await signedUp();
    expect(await asked(pending, { cookie: '__Host-next-auth.session-token.0=x' })).toBeUndefined();
    expect(await asked(pending, { url: '/en/sign-up/check-email?changed' })).toBeUndefined();
    const headers = { cookie: 'vestibule-pending=made-up' };
    expect(await waitingPage({ method: 'GET', url: '/en/sign-up/check-email', headers })).toBeUndefined();
  });
});
