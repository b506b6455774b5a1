import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';
import { env } from '@/lib/env';
import { callUnderPolicy } from '@/lib/resilience/policy';
import { log, reason } from '@/lib/telemetry/log';
import { meaningOf } from './hcaptcha-codes';
import type { CaptchaProvider, Judgement } from './provider';

/** hCaptcha's published test account, and the host that siteverify then answers (docs.hcaptcha.com, "Integration Testing"). */
const TEST_SITE_KEY = '10000000-ffff-ffff-ffff-000000000001';
const TEST_HOST = 'dummy-key-pass';

/** What siteverify says under high load in place of a host (docs.hcaptcha.com, "Verify the User Response Server Side"). */
const NOT_PROVIDED = 'not-provided';

const verdict = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  sitekey: z.string().optional(),
  /** Enterprise: from 0 (no risk) to 1. */
  score: z.number().optional(),
  'error-codes': z.array(z.string()).default([]),
});
type Verdict = z.output<typeof verdict>;

const OURS: Judgement = { passed: false, why: 'ours' };
const DOWN: Judgement = { passed: false, why: 'down' };

/** The hosts on which a widget of ours may have been solved. */
function ownHosts(): readonly string[] {
  const { PORTAL_URL, CAPTCHA_HOSTNAMES = [], HCAPTCHA_SITE_KEY } = env();
  const own = [new URL(PORTAL_URL).hostname, ...CAPTCHA_HOSTNAMES];
  return HCAPTCHA_SITE_KEY === TEST_SITE_KEY ? [...own, TEST_HOST] : own;
}

/** What is wrong with a token that hCaptcha itself accepts, as a code for the log. */
function objection({ hostname, sitekey, score }: Verdict): string | undefined {
  const { HCAPTCHA_SITE_KEY, HCAPTCHA_MAX_SCORE } = env();
  const isElsewhere = hostname !== undefined && hostname !== NOT_PROVIDED && !ownHosts().includes(hostname);
  if (isElsewhere) return 'other-hostname';
  if (sitekey !== undefined && sitekey !== HCAPTCHA_SITE_KEY) return 'other-sitekey';
  if (HCAPTCHA_MAX_SCORE === undefined) return undefined;
  if (score === undefined) log('warn', 'captcha.no-score');
  return score !== undefined && score > HCAPTCHA_MAX_SCORE ? 'high-score' : undefined;
}

function judge(answer: Verdict): Judgement {
  const codes = answer['error-codes'];
  if (!answer.success && codes.length === 0) {
    log('error', 'captcha.unavailable', { reason: 'no success and no code' });
    return DOWN;
  }
  const found = answer.success ? objection(answer) : undefined;
  if (answer.success && found === undefined) return { passed: true };
  const meaning = answer.success ? 'refused' : meaningOf(codes);
  const facts = found === undefined ? { codes } : { codes: [found], hostname: answer.hostname, score: answer.score };
  if (meaning === 'ours') log('error', 'captcha.misconfigured', facts);
  else log('info', 'captcha.refused', facts);
  return { passed: false, why: meaning };
}

/** Its server could not answer. */
class ServerFailure extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** hCaptcha: a box to tick, or an invisible check. Its servers judge (POST siteverify), each token once. */
export const hcaptcha: CaptchaProvider = {
  // The name under which its widget adds the token to the form.
  field: 'h-captcha-response',
  asksOthers: true,

  sources() {
    const { origin, hostname } = new URL(env().HCAPTCHA_SCRIPT_URL);
    const own = ['https://hcaptcha.com', 'https://*.hcaptcha.com'];
    // A first-party host, or the local stack.
    return hostname.endsWith('.hcaptcha.com') ? own : [...own, origin];
  },

  async verify(token, remoteAddress) {
    const { HCAPTCHA_SECRET = '', HCAPTCHA_SITE_KEY = '', HCAPTCHA_VERIFY_URL } = env();
    const form = new URLSearchParams({ secret: HCAPTCHA_SECRET, response: token, sitekey: HCAPTCHA_SITE_KEY });
    if (isIP(remoteAddress) !== 0) form.set('remoteip', remoteAddress);
    try {
      return await callUnderPolicy('captcha', async (signal) => {
        const response = await fetch(HCAPTCHA_VERIFY_URL, {
          method: 'POST',
          body: form,
          // The secret goes nowhere but where we sent it.
          redirect: 'manual',
          signal,
          cache: 'no-store',
        });
        if (response.ok) return judge(verdict.parse(await response.json()));
        if (response.status >= 500) throw new ServerFailure(response.status);
        log('error', 'captcha.unavailable', { reason: `siteverify answered ${response.status}` });
        // Only a server's own failure is one. What else is no answer, a posted token may have brought about (403, 413, 429),
        // and whoever could do that must not get in by it where CAPTCHA_WHEN_DOWN is open.
        return OURS;
      });
    } catch (error) {
      const failed = error instanceof ServerFailure ? `siteverify answered ${error.status}` : reason(error);
      log('error', 'captcha.unavailable', { reason: failed });
      return DOWN;
    }
  },
};
