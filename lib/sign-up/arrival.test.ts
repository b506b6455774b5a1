import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { audit } from '@/lib/telemetry/audit';
import { tellArrival } from './arrival';
import { readPendingSignUp } from './pending';
import { isFirst } from './told';

vi.mock('@/lib/telemetry/audit', () => ({ audit: vi.fn() }));
vi.mock('./pending', () => ({ readPendingSignUp: vi.fn(async () => undefined) }));

beforeEach(() => stubPortalEnv());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(audit).mockClear();
});

const told = () => vi.mocked(audit).mock.calls.map(([event, facts]) => [event, 'finishes' in facts && facts.finishes]);

const verified = ['sign-up.verified', false];

test('a sign-up that is finished on another device is verified and finished by it, and the next sign-in is none', async () => {
  await tellArrival('u1', true);
  await tellArrival('u1', false);
  expect(told()).toEqual([verified, ['sign-in.done', true], ['sign-in.done', false]]);
});

test('in the browser that began it, its client is told; what the page that waited has told is not told again', async () => {
  const pending = { userId: 'u2', own: 1, mail: 'sent', clientId: 'shop', actions: [] } as const;
  vi.mocked(readPendingSignUp).mockResolvedValue(pending);
  await isFirst('verified', 'u2');
  await tellArrival('u2', false);
  await tellArrival('u2', false);
  expect(vi.mocked(audit).mock.calls).toEqual([
    ['sign-in.done', { userId: 'u2', finishes: true }, 'shop'],
    ['sign-in.done', { userId: 'u2', finishes: false }, 'shop'],
  ]);
});

test('whoever signs in with an account of long ago, or in the place of a made-up one, finishes no sign-up', async () => {
  await tellArrival('u3', false);
  vi.mocked(readPendingSignUp).mockResolvedValue({ userId: 'u3', own: 0, mail: 'sent', actions: [] });
  await tellArrival('u3', false);
  expect(told()).toEqual([
    ['sign-in.done', false],
    ['sign-in.done', false],
  ]);
});
