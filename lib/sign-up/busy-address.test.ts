import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { audit } from '@/lib/telemetry/audit';
import { watchAddress } from './busy-address';

vi.mock('@/lib/telemetry/audit', () => ({ audit: vi.fn() }));

const NOON = Date.UTC(2026, 0, 1, 12, 10);

beforeEach(() => {
  stubPortalEnv();
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.mocked(audit).mockClear();
});

async function submits(visitor: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await watchAddress(visitor);
}

test('the hundred and first submit of an hour is told, once however many follow, and anew the next hour', async () => {
  await submits('198.51.100.1', 100);
  expect(audit).not.toHaveBeenCalled();
  await submits('198.51.100.1', 50);
  expect(vi.mocked(audit).mock.calls).toEqual([['address.busy', {}]]);
  vi.setSystemTime(NOON + 3_600_000);
  await submits('198.51.100.1', 150);
  expect(audit).toHaveBeenCalledTimes(2);
});

test('many addresses together are no busy one', async () => {
  for (let index = 0; index < 3; index++) await submits(`203.0.113.${index}`, 50);
  expect(audit).not.toHaveBeenCalled();
});
