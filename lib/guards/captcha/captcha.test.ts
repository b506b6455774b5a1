import { createHmac, randomInt } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { keyFor } from '@/lib/keys';
import { captchaField, captchaPlan, captchaSources, isCaptchaDue, isInUse, judgeCaptcha } from './captcha';
import { newWork, type Work } from './proof-of-work';

beforeAll(() => {
  stubPortalEnv({
    CAPTCHA: 'proof-of-work',
    CAPTCHA_WHEN_DOWN: 'open',
    HCAPTCHA_SITE_KEY: 'site',
    HCAPTCHA_SECRET: 'secret',
    // The discard service's: nobody listens there.
    HCAPTCHA_VERIFY_URL: 'http://127.0.0.1:9',
    PROOF_OF_WORK_COST: '4',
    LOG_LEVEL: 'error',
  });
  return () => vi.unstubAllEnvs();
});

/** An address that no other test has used (RFC 5737). */
const newAddress = () => `198.51.${randomInt(256)}.${randomInt(256)}`;

const tokenOf = (proof: unknown) => Buffer.from(JSON.stringify(proof)).toString('base64');

/** What a browser does. */
async function solve({ challenge }: Work) {
  return { challenge, solution: await solveChallenge({ challenge, deriveKey }) };
}

async function judge(token: unknown, settings: Parameters<typeof captchaPlan>[0] = {}): Promise<string> {
  const answer = await judgeCaptcha(captchaPlan(settings), token, newAddress());
  return answer.passed ? 'passed' : answer.why;
}

describe('the proof of work', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('passes once', async () => {
    const token = tokenOf(await solve(await newWork()));
    expect(await judge(token)).toBe('passed');
    expect(await judge(token)).toBe('expired');
  });

  it('is spent once, also by two who come at the same moment', async () => {
    const token = tokenOf(await solve(await newWork()));
    expect((await Promise.all([judge(token), judge(token)])).sort()).toEqual(['expired', 'passed']);
  });

  it('is done within its time, or again', async () => {
    const work = await newWork();
    const token = tokenOf(await solve(work));
    vi.setSystemTime(Date.now() + (work.seconds + 1) * 1_000);
    expect(await judge(token)).toBe('expired');
  });

  it('can’t be guessed, changed, made up, or taken over from another challenge', async () => {
    const { challenge, solution } = await solve(await newWork());
    const other = await solve(await newWork());
    const easier = { ...challenge.parameters, cost: 1 };
    const later = { ...challenge.parameters, expiresAt: Number(challenge.parameters.expiresAt) + 60 };
    const self = createHmac('sha256', 'guess').update(JSON.stringify(easier)).digest('hex');
    for (const proof of [
      { challenge, solution: { ...solution, derivedKey: `${challenge.parameters.keyPrefix}${'0'.repeat(32)}` } },
      { challenge, solution: other.solution },
      { challenge: { ...challenge, parameters: easier }, solution },
      { challenge: { ...challenge, parameters: later }, solution },
      { challenge: { parameters: easier, signature: self }, solution },
      { challenge: { parameters: challenge.parameters }, solution },
    ])
      expect(await judge(tokenOf(proof))).toBe('refused');
    // None of these has spent it.
    expect(await judge(tokenOf({ challenge, solution }))).toBe('passed');
  });

  it('is good for this portal alone, even where another has the same secret', async () => {
    const { challenge, solution } = await solve(await newWork());
    const parameters = { ...challenge.parameters, data: { use: 'ab' } };
    const secret = Buffer.from(keyFor('proof-of-work')).toString('hex');
    const signature = createHmac('sha256', secret).update(JSON.stringify(parameters)).digest('hex');
    expect(await judge(tokenOf({ challenge: { parameters, signature }, solution }))).toBe('refused');
  });

  it.each(['x', 'e30=', 'bnVsbA==', '%%%', tokenOf([]), tokenOf({ challenge: { parameters: {}, signature: 1 } })])(
    'is not whatever else is posted: %s',
    async (token) => expect(await judge(token)).toBe('refused'),
  );

  it('is needed where the page had none, and missing where it was left out; being down is no excuse', async () => {
    expect(await judge(null)).toBe('needed');
    expect(await judge('')).toBe('missing');
  });

  it('has as many tries as PROOF_OF_WORK_COST says', async () => {
    const { challenge, most } = await newWork();
    expect(most).toBe(4);
    const solution = await solveChallenge({ challenge, deriveKey });
    expect(solution?.counter).toBeGreaterThanOrEqual(1);
    expect(solution?.counter).toBeLessThanOrEqual(4);
  });
});

describe('from the n-th attempt on', () => {
  const plan = { kind: 'proof-of-work', fromAttempt: 3 } as const;

  it('an address passes before, and is asked from then on; looking counts nothing', async () => {
    const address = newAddress();
    for (const [isDue, isPassed] of [
      [false, true],
      [false, true],
      [true, false],
      [true, false],
    ]) {
      expect([await isCaptchaDue(plan, address), await isCaptchaDue(plan, address)]).toEqual([isDue, isDue]);
      expect((await judgeCaptcha(plan, null, address)).passed).toBe(isPassed);
    }
    expect(await isCaptchaDue(plan, newAddress())).toBe(false);
  });

  it('counts the network of an IPv6 address', async () => {
    for (const end of [1, 2]) await judgeCaptcha(plan, null, `2001:db8:${end === 1 ? '0' : ''}0:7::${end}`);
    expect(await isCaptchaDue(plan, '2001:db8:0:7::9')).toBe(true);
  });

  it('is always, or never, where the configuration says so', async () => {
    expect(await isCaptchaDue({ ...plan, fromAttempt: 1 }, newAddress())).toBe(true);
    expect(await isCaptchaDue({ kind: 'none', fromAttempt: 1 }, newAddress())).toBe(false);
    expect(await judge(null, { captcha: 'none' })).toBe('passed');
  });
});

describe('CAPTCHA_WHEN_DOWN=open', () => {
  it('lets sign-ups pass while nobody answers, with a token or without', async () => {
    for (const token of ['token', '', null]) expect(await judge(token, { captcha: 'hcaptcha' })).toBe('passed');
  });
});

it('is the client’s own where the client has one', () => {
  expect(captchaPlan({})).toEqual({ kind: 'proof-of-work', fromAttempt: 1 });
  expect(captchaPlan({ captcha: 'none', captchaFromAttempt: 2 })).toEqual({ kind: 'none', fromAttempt: 2 });
  expect([isInUse('proof-of-work'), isInUse('hcaptcha')]).toEqual([true, false]);
});

it('opens the page to hCaptcha alone, and only where that is the CAPTCHA', () => {
  expect(captchaSources('hcaptcha')).toEqual(['https://hcaptcha.com', 'https://*.hcaptcha.com']);
  expect([...captchaSources('proof-of-work'), ...captchaSources('none')]).toEqual([]);
});

it('has a field of its own for each, which no attribute can have', () => {
  expect(captchaField('hcaptcha')).toBe('h-captcha-response');
  expect(captchaField('proof-of-work')).toContain('$');
});
