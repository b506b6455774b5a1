import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { captchaPlan, judgeCaptcha } from '@/lib/guards/captcha/captcha';
import { type ReservedPort, reservePort } from '../ports';
import { SECRET, SITE_KEY } from './rules';
import { type RunningCaptcha, startCaptcha } from './start';

// The portal's own judgement of tokens, against the emulator: nothing in between is made up.

let captcha: RunningCaptcha;
let port: ReservedPort;

/** The portal's variables; those that are read once for a process hold for the whole file. */
const variables = {
  PORTAL_URL: 'https://signup.example.com',
  PORTAL_SECRET: 'a'.repeat(32),
  KEYCLOAK_URL: 'https://sso.example.com',
  KEYCLOAK_REALM: 'demo',
  KEYCLOAK_CLIENT_SECRET: 'one',
  KEYCLOAK_ADMIN_CLIENT_SECRET: 'two',
  HCAPTCHA_SITE_KEY: SITE_KEY,
  HCAPTCHA_SECRET: SECRET,
  HCAPTCHA_TIMEOUT_MS: '500',
  HCAPTCHA_MAX_SCORE: '0.7',
  CAPTCHA_HOSTNAMES: 'join.example.org, signup.example.net',
  LOG_LEVEL: 'error',
};

beforeAll(async () => {
  port = await reservePort();
  captcha = await startCaptcha(port.port);
  const all = { ...variables, HCAPTCHA_VERIFY_URL: captcha.verifyUrl, HCAPTCHA_SCRIPT_URL: captcha.scriptUrl };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
});
afterEach(() => control({ mode: 'up', tokenLength: 0 }));
afterAll(async () => {
  vi.unstubAllEnvs();
  await captcha.stop();
  port.release();
});

async function control(wishes: Record<string, unknown>): Promise<Record<string, unknown>> {
  const response = await fetch(`${captcha.url}/control`, { method: 'POST', body: JSON.stringify(wishes) });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function solve(hostname = 'signup.example.com'): Promise<string> {
  const body = new URLSearchParams({ sitekey: SITE_KEY, hostname });
  const answer = (await (await fetch(`${captcha.url}/checkbox`, { method: 'POST', body })).json()) as { token: string };
  return answer.token;
}

/** How the portal judges a token: `passed`, or why not. */
async function judge(token: unknown): Promise<string> {
  const answer = await judgeCaptcha(captchaPlan({}), token, '203.0.113.7');
  return answer.passed ? 'passed' : answer.why;
}

/** How it judges a token about which siteverify says this. */
async function judgeOn(answer: unknown, status = 200): Promise<string> {
  await control({ nextVerify: { status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) } });
  return judge(await solve());
}

test('a token passes once', async () => {
  const token = await solve();
  expect(await judge(token)).toBe('passed');
  expect(await judge(token)).toBe('expired');
});

test.each([
  ['missing-input-response', 'missing'],
  ['invalid-input-response', 'refused'],
  ['expired-input-response', 'expired'],
  ['already-seen-response', 'expired'],
  ['invalid-or-already-seen-response', 'expired'],
  ['missing-input-secret', 'unavailable'],
  ['invalid-input-secret', 'unavailable'],
  ['bad-request', 'unavailable'],
  ['missing-remoteip', 'unavailable'],
  ['invalid-remoteip', 'unavailable'],
  ['not-using-dummy-passcode', 'unavailable'],
  ['not-using-dummy-secret', 'unavailable'],
  ['sitekey-secret-mismatch', 'unavailable'],
  ['a-code-of-tomorrow', 'refused'],
  ['constructor', 'refused'],
])('siteverify’s %s comes to: %s', async (code, why) => {
  expect(await judgeOn({ success: false, 'error-codes': [code] })).toBe(why);
});

test('of several codes what is our own fault counts first', async () => {
  const codes = ['invalid-input-response', 'expired-input-response', 'invalid-input-secret'];
  expect(await judgeOn({ success: false, 'error-codes': codes })).toBe('unavailable');
  expect(await judgeOn({ success: false, 'error-codes': codes.slice(0, 2) })).toBe('expired');
});

test.each([
  ['no JSON', 'surprise', 200],
  ['JSON of another shape', { success: 'yes' }, 200],
  ['neither success nor a code', { success: false }, 200],
  ['a fault of its own', { success: true }, 503],
  ['a refusal of the request', { success: true }, 403],
  ['another address', { success: true }, 302],
])('%s in place of an answer lets nobody pass', async (_, answer, status) => {
  expect(await judgeOn(answer, status)).toBe('unavailable');
});

test('an answer that does not come is waited for no longer than HCAPTCHA_TIMEOUT_MS', async () => {
  const token = await solve();
  await control({ mode: 'hang' });
  const started = performance.now();
  expect(await judge(token)).toBe('unavailable');
  expect(performance.now() - started).toBeLessThan(2_000);
});

test.each([
  ['the portal’s', { hostname: 'signup.example.com' }, 'passed'],
  ['one of CAPTCHA_HOSTNAMES', { hostname: 'signup.example.net' }, 'passed'],
  ['another’s', { hostname: 'evil.example' }, 'refused'],
  ['a part of the portal’s', { hostname: 'example.com' }, 'refused'],
  ['the test account’s, which is not ours', { hostname: 'dummy-key-pass' }, 'refused'],
  ['not said, as under high load', { hostname: 'not-provided' }, 'passed'],
  ['not said at all', {}, 'passed'],
])('solved on a host that is %s', async (_, said, result) => {
  expect(await judgeOn({ success: true, ...said })).toBe(result);
});

test('solved for another site key', async () => {
  expect(await judgeOn({ success: true, sitekey: SITE_KEY })).toBe('passed');
  expect(await judgeOn({ success: true, sitekey: 'somebody-else' })).toBe('refused');
});

test.each([
  [0, 'passed'],
  [0.7, 'passed'],
  [0.71, 'refused'],
  [undefined, 'passed'],
])('with HCAPTCHA_MAX_SCORE at 0.7 a score of %s: %s', async (score, result) => {
  expect(await judgeOn({ success: true, score })).toBe(result);
});

test('a token of 8 KB reaches hCaptcha whole; one of more than 16 KB is not sent at all', async () => {
  await control({ tokenLength: 8_192 });
  const long = await solve();
  expect(await judge(long)).toBe('passed');
  const { verifications } = await control({ tokenLength: 16_385 });
  expect(verifications).toContainEqual(expect.objectContaining({ sent: expect.objectContaining({ response: long }) }));
  expect(await judge(await solve())).toBe('refused');
  expect((await control({})).verifications).toHaveLength((verifications as unknown[]).length);
});

test('a page that had no CAPTCHA is told from a CAPTCHA that was left out', async () => {
  expect(await judge(null)).toBe('needed');
  expect(await judge('')).toBe('missing');
});
