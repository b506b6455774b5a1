import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ReservedPort, reservePort } from '../ports';
import { CaptchaRules, SECRET, SITE_KEY, TEST_SECRET, TEST_SITE_KEY, TEST_TOKEN } from './rules';
import { type RunningCaptcha, startCaptcha } from './start';

let now = 0;
let rules = new CaptchaRules();
let captcha: RunningCaptcha;
let port: ReservedPort;

beforeAll(async () => {
  port = await reservePort();
  captcha = await startCaptcha(port.port);
});
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  rules = new CaptchaRules(() => now);
});
afterAll(async () => {
  await captcha.stop();
  port.release();
});

function verify(fields: Record<string, string>): string {
  const verdict = rules.verify(new URLSearchParams(fields));
  return verdict.success ? `ok ${verdict.hostname}` : verdict['error-codes'].join();
}

function mint(): string {
  return rules.mint(SITE_KEY, 'portal.test')?.token ?? '';
}

test('a good token is good once', () => {
  const response = mint();
  expect(verify({ secret: SECRET, response, sitekey: SITE_KEY, remoteip: '::1' })).toBe('ok portal.test');
  expect(verify({ secret: SECRET, response })).toBe('already-seen-response');
});

test('a token lives 120 seconds', () => {
  const [young, old, ended] = [mint(), mint(), mint()];
  now += 119_999;
  expect(verify({ secret: SECRET, response: young })).toBe('ok portal.test');
  expect(rules.expire(ended)).toBe(true);
  expect(verify({ secret: SECRET, response: ended })).toBe('expired-input-response');
  now += 1;
  expect(verify({ secret: SECRET, response: old })).toBe('expired-input-response');
});

test('every documented refusal', () => {
  const response = mint();
  expect(verify({ response })).toBe('missing-input-secret');
  expect(verify({ secret: 'x', response })).toBe('invalid-input-secret');
  expect(verify({ secret: SECRET })).toBe('missing-input-response');
  expect(verify({ secret: SECRET, response: 'made-up' })).toBe('invalid-input-response');
  expect(verify({ secret: SECRET, response, remoteip: 'not-an-address' })).toBe('invalid-remoteip');
  expect(verify({ secret: SECRET, response, sitekey: TEST_SITE_KEY })).toBe('sitekey-secret-mismatch');
  expect(verify({ secret: TEST_SECRET, response })).toBe('sitekey-secret-mismatch');
  expect(verify({ secret: SECRET, response: TEST_TOKEN })).toBe('not-using-dummy-passcode');
  rules.remoteIpRequired = true;
  expect(verify({ secret: SECRET, response })).toBe('missing-remoteip');
  // None of these has spent the token.
  expect(verify({ secret: SECRET, response, remoteip: '203.0.113.7' })).toBe('ok portal.test');
});

test("hCaptcha's published test account always passes, with its own secret", () => {
  expect(rules.mint(TEST_SITE_KEY, 'x')?.token).toBe(TEST_TOKEN);
  expect(verify({ secret: TEST_SECRET, response: TEST_TOKEN })).toBe('ok dummy-key-pass');
  expect(verify({ secret: TEST_SECRET, response: TEST_TOKEN, sitekey: SITE_KEY })).toBe('sitekey-secret-mismatch');
});

test('an unknown site key gets no token', () => {
  expect(rules.mint('somebody-else', 'x')).toBeUndefined();
});

async function post(path: string, body: BodyInit): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(captcha.url + path, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function control(wishes: Record<string, unknown>): ReturnType<typeof post> {
  return post('/control', JSON.stringify(wishes));
}

function tick(): ReturnType<typeof post> {
  return post('/checkbox', new URLSearchParams({ sitekey: SITE_KEY, hostname: 'localhost' }));
}

test('over HTTP: tick, verify, see what was asked', async () => {
  const { token } = (await tick()).body;
  const form = new URLSearchParams({ secret: SECRET, response: String(token), remoteip: '127.0.0.1' });
  expect((await post('/siteverify', form)).body).toMatchObject({ success: true, hostname: 'localhost' });
  const state = (await control({})).body;
  expect(state.verifications).toMatchObject([
    { sent: { response: token, remoteip: '127.0.0.1' }, verdict: { success: true } },
  ]);
  expect(JSON.stringify(state)).not.toContain(SECRET);
});

test('JSON is a bad request, as at hCaptcha', async () => {
  const { body } = await post('/siteverify', JSON.stringify({ secret: SECRET }));
  expect(body).toEqual({ success: false, 'error-codes': ['bad-request'] });
});

test('tests can expire a token, spoil the next tick, and switch it off', async () => {
  const { token } = (await tick()).body;
  await control({ expire: token });
  const form = new URLSearchParams({ secret: SECRET, response: String(token) });
  expect((await post('/siteverify', form)).body).toMatchObject({ 'error-codes': ['expired-input-response'] });
  await control({ nextWidget: 'error' });
  expect((await tick()).body).toEqual({ outcome: 'error' });
  expect((await tick()).body).toMatchObject({ outcome: 'solves' });
  await control({ mode: 'down' });
  expect((await post('/siteverify', form)).status).toBe(503);
  await control({ mode: 'hang' });
  const hanging = fetch(captcha.verifyUrl, { method: 'POST', body: form, signal: AbortSignal.timeout(100) });
  await expect(hanging).rejects.toThrow(/timeout/);
  await control({ mode: 'up' });
  expect((await control({ mode: 'sideways' })).status).toBe(400);
  expect((await control({ expire: 'made-up' })).status).toBe(400);
});

test('the widget script may be loaded by another origin', async () => {
  const response = await fetch(captcha.scriptUrl);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.text()).toContain('window.hcaptcha');
});
