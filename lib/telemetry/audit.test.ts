import { after } from 'next/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { replacePortalConfig } from '@/lib/brand/config';
import { parsePortalConfig } from '@/lib/brand/parse';
import { stubPortalEnv } from '@/lib/env.fixture';
import { audit } from './audit';
import { auditWebhook } from './audit-webhook';
import { record } from './log';
import { metrics } from './metrics';
import { addressDigest } from './visitor';

const request = vi.hoisted(() => ({ headers: new Map<string, string>(), isThere: true }));

vi.mock('./log', async (original) => ({ ...(await original<typeof import('./log')>()), record: vi.fn() }));
vi.mock('next/server', () => ({ after: vi.fn() }));
vi.mock('./audit-webhook', () => ({ auditWebhook: vi.fn() }));
vi.mock('next/headers', () => {
  const read = async () => {
    if (!request.isThere) throw new Error('outside of a request');
    return { get: (name: string) => request.headers.get(name) ?? null };
  };
  return { headers: read, cookies: async () => ({ get: () => undefined }) };
});

beforeEach(() => {
  stubPortalEnv();
  const config = parsePortalConfig('{"clients":{"shop":{"name":"Shop"}}}', { hasCaptchaKeys: false, canCompute: true });
  if (config.ok) replacePortalConfig(config.config);
  request.isThere = true;
  request.headers = new Map([
    ['x-forwarded-for', '198.51.100.7'],
    ['x-request-id', 'one'],
    ['x-next-intl-locale', 'de'],
  ]);
});
afterEach(() => {
  vi.mocked(record).mockClear();
  vi.unstubAllEnvs();
});

/** What was written, once it has been. */
async function written(): Promise<Record<string, unknown>> {
  await vi.waitFor(() => expect(record).toHaveBeenCalled());
  return { ...vi.mocked(record).mock.lastCall?.[2] };
}

test('a line says whose request it was without the address, and which client only if it is a known one', async () => {
  audit('sign-up.created', { userId: 'u1', passwordMode: 'form' }, 'shop');
  expect(await written()).toMatchObject({
    requestId: 'one',
    address: addressDigest('198.51.100.7'),
    locale: 'de',
    client: 'shop',
    userId: 'u1',
  });
  vi.mocked(record).mockClear();
  audit('sign-up.created', { userId: 'u2' }, 'ada@example.com');
  const line = await written();
  expect(line.client).toBe('other');
  expect(JSON.stringify(line)).not.toMatch(/198\.51|ada@/);
});

test('what the table does not name is not told, whatever a caller hands over', async () => {
  const tooMuch = { userId: 'u1', email: 'ada@example.com' };
  audit('sign-up.verified', tooMuch);
  expect(await written()).not.toHaveProperty('email');
});

test('the webhook gets what the line says, and while it is away no request is kept for it but one', async () => {
  const delivered = new Promise<void>(() => undefined);
  const webhook = { add: vi.fn(), idle: () => delivered, finish: vi.fn() };
  vi.mocked(auditWebhook).mockReturnValue(webhook);
  for (const userId of ['u1', 'u2', 'u3']) audit('sign-up.verified', { userId });
  await vi.waitFor(() => expect(webhook.add).toHaveBeenCalledTimes(3));
  vi.mocked(auditWebhook).mockReset();
  expect(webhook.add).toHaveBeenLastCalledWith({
    ...vi.mocked(record).mock.lastCall?.[2],
    event: 'sign-up.verified',
    time: expect.stringMatching(/Z$/),
  });
  expect(vi.mocked(after).mock.calls).toEqual([[delivered]]);
});

test('outside of a request it is told all the same', async () => {
  request.isThere = false;
  audit('sweep.done', { removed: 2 });
  const line = await written();
  expect(line).toMatchObject({ removed: 2, client: 'none' });
  expect(line.address).toBeUndefined();
});

test('an address has one digest, its network’s for IPv6, and another with another secret', () => {
  const digest = addressDigest('2001:db8::1');
  expect(addressDigest('2001:db8::2')).toBe(digest);
  expect(addressDigest('2001:db8:0:1::1')).not.toBe(digest);
  vi.stubEnv('PORTAL_SECRET', 'y'.repeat(32));
  expect(digest).toMatch(/^[\w-]{22}$/);
});

test('an event counts once, with labels that no visitor chooses', async () => {
  const before = await metrics().registry.getSingleMetricAsString('vestibule_funnel_total');
  expect(before).toContain('vestibule_funnel_total{step="served",client="none"} 0');
  audit('sign-up.invalid', { codes: ['email:invalidEmailMessage', 'email:blank'] }, 'made-up');
  await written();
  const text = await metrics().registry.metrics();
  expect(text).toContain('vestibule_sign_up_submits_total{result="invalid",reason="none",client="other"} 1');
  expect(text).toContain('vestibule_invalid_fields_total{field="email"} 1');
  expect(text).not.toContain('made-up');
});
