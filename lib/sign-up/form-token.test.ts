import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { tampered } from '@/lib/tamper.fixture';
import { issueFormToken, judgeFormToken } from './form-token';

vi.mock('@/lib/telemetry/audit', () => ({ audit: vi.fn() }));

beforeEach(() => {
  stubPortalEnv();
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const SHOP = { clientId: 'shop' };
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

it('passes a form that a person filled in', async () => {
  const token = await issueFormToken('page', SHOP);
  later(2);
  expect(await judgeFormToken(token, 'page', SHOP)).toEqual({ passed: true, id: expect.any(String) });
});

it('passes a form of an instance whose clock is ahead: nothing tells how long it was filled in', async () => {
  const token = await issueFormToken('page', SHOP);
  later(-60);
  expect(await judgeFormToken(token, 'page', SHOP)).toMatchObject({ passed: true });
});

it('names a page alike however often it is sent, and two pages apart', async () => {
  const [one, other] = [await issueFormToken('page', SHOP), await issueFormToken('page', SHOP)];
  later(2);
  const idOf = async (token: string) => {
    const answer = await judgeFormToken(token, 'page', SHOP);
    return answer.passed ? answer.id : undefined;
  };
  expect(await idOf(one)).toBe(await idOf(one));
  expect(await idOf(one)).not.toBe(await idOf(other));
});

it('has a form wait that was sent the moment it came', async () => {
  const token = await issueFormToken('page', SHOP);
  expect(await judgeFormToken(token, 'page', SHOP)).toEqual({ passed: false, why: 'too-soon', retryAfter: 2 });
});

it('knows a page that stood open too long, and one that was never served', async () => {
  const token = await issueFormToken('page', SHOP);
  later(12 * 3_600 + 1);
  for (const posted of [token, 'made-up', '', undefined, null, ['x'], { toString: 'x' }])
    expect(await judgeFormToken(posted, 'page', SHOP)).toMatchObject({ passed: false, why: 'stale' });
});

it('is bound to its page: neither another client’s nor a frame’s token serves', async () => {
  const token = await issueFormToken('page', SHOP);
  later(5);
  expect(await judgeFormToken(token, 'page', { clientId: 'vault' })).toMatchObject({ why: 'stale' });
  expect(await judgeFormToken(token, 'page', {})).toMatchObject({ why: 'stale' });
  expect(await judgeFormToken(token, 'frame', SHOP)).toMatchObject({ why: 'stale' });
  expect(await judgeFormToken(tampered(token, token.length - 1), 'page', SHOP)).toMatchObject({ why: 'stale' });
});

it('serves so many submits and no more', async () => {
  const token = await issueFormToken('page', SHOP);
  later(5);
  for (let submit = 0; submit < 30; submit++)
    expect(await judgeFormToken(token, 'page', SHOP)).toMatchObject({ passed: true });
  expect(await judgeFormToken(token, 'page', SHOP)).toMatchObject({ passed: false, why: 'worn' });
});
