import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { attemptName } from './attempt';
import { holdsCaptchaPass, issueCaptchaPass } from './captcha-pass';

beforeEach(() => stubPortalEnv());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const attempt = () => attemptName('page', 'ada@example.com');

test('who has solved a CAPTCHA for nothing need not solve another for the same sign-up', async () => {
  const pass = await issueCaptchaPass('192.0.2.1', attempt());
  expect(await holdsCaptchaPass(pass, '192.0.2.1', attempt())).toBe(true);
});

test.each([
  ['another visitor', '192.0.2.2', () => attempt()],
  ['another address', '192.0.2.1', () => attemptName('page', 'eve@example.com')],
  ['another page', '192.0.2.1', () => attemptName('other page', 'ada@example.com')],
])('the pass serves nobody for %s', async (_whose, address, other) => {
  expect(await holdsCaptchaPass(await issueCaptchaPass('192.0.2.1', attempt()), address, other())).toBe(false);
});

test('nor for ever, nor one that somebody made up', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const pass = await issueCaptchaPass('192.0.2.1', attempt());
  vi.setSystemTime(Date.now() + 1_801_000);
  expect(await holdsCaptchaPass(pass, '192.0.2.1', attempt())).toBe(false);
  for (const odd of ['', 'x', null, undefined, new File([], 'x')])
    expect(await holdsCaptchaPass(odd, '192.0.2.1', attempt())).toBe(false);
});

test('an attempt is called the same in whatever case its address was typed, and tells nothing of it', () => {
  expect(attemptName('page', 'Ada@Example.com')).toBe(attempt());
  expect(attempt()).toMatch(/^[\w-]{22}$/);
});
