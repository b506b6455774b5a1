import 'server-only';
import { createHash } from 'node:crypto';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { z } from 'zod';
import { env } from '@/lib/env';
import { throttle } from '@/lib/guards/throttle';
import { keyFor } from '@/lib/keys';
import { log } from '@/lib/telemetry/log';
import { CHALLENGE_SECONDS } from './challenge-life';
import type { CaptchaProvider, Judgement } from './provider';

/** Rounds of one try: long enough that the browser's calls around it don't count, short enough to show progress. */
const ROUNDS = 5_000;

const hex = z.string().regex(/^[0-9a-f]{2,128}$/);

/** Of what a browser posts just the shape is believed; the challenge in it is signed. */
const answer = z.object({
  challenge: z.object({
    parameters: z.record(z.string(), z.unknown()).and(
      z.object({
        algorithm: z.literal('PBKDF2/SHA-256'),
        cost: z.number(),
        data: z.object({ use: hex }),
        expiresAt: z.number(),
        keyLength: z.number(),
        keyPrefix: hex,
        keySignature: hex,
        nonce: hex,
        salt: hex,
      }),
    ),
    signature: hex,
  }),
  solution: z.object({ counter: z.number(), derivedKey: hex }),
});

/** Signs the challenge, and apart from it the key that only work can find. Both are alike on every instance. */
function secrets() {
  const secret = (purpose: string) => Buffer.from(keyFor(purpose)).toString('hex');
  return {
    hmacSignatureSecret: secret('proof-of-work'),
    hmacKeySignatureSecret: secret('proof-of-work key'),
  };
}

/** What a challenge is good for: this portal's form for this realm alone, should another portal have the same secret. */
function binding(): string {
  const { PORTAL_URL, KEYCLOAK_URL, KEYCLOAK_REALM } = env();
  const use = ['sign-up', PORTAL_URL, KEYCLOAK_URL, KEYCLOAK_REALM].join('\n');
  // Browsers need not learn where Keycloak is.
  return createHash('sha256').update(use).digest('hex');
}

/** Work for one browser. */
export interface Work {
  readonly challenge: Challenge;
  /** The number of tries that find the key for certain; half of it on average. */
  readonly most: number;
  /** How long the challenge is good for, in seconds. */
  readonly seconds: number;
}

/** Sets work for one submit: signed, short-lived, and of the size that PROOF_OF_WORK_COST says. */
export async function newWork(): Promise<Work> {
  const most = env().PROOF_OF_WORK_COST;
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    // Anywhere up to the end, and not further on: whoever knew where to begin would have less to do than honest browsers.
    counter: randomInt(most),
    deriveKey,
    data: { use: binding() },
    expiresAt: Math.floor(Date.now() / 1_000) + CHALLENGE_SECONDS,
    ...secrets(),
  });
  return { challenge, most, seconds: CHALLENGE_SECONDS };
}

function read(token: string): z.output<typeof answer> | undefined {
  try {
    const parsed = answer.safeParse(JSON.parse(Buffer.from(token, 'base64').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function refuse(why: 'expired' | 'refused', code: string): Judgement {
  log('info', 'captcha.refused', { codes: [code] });
  return { passed: false, why };
}

/**
 * Proof of work: the browser finds a key by trying (PBKDF2, which browsers and servers compute alike fast). It stops nobody
 * who pays for the computing; it makes many sign-ups dear, and shows nobody to a third party.
 */
export const proofOfWork: CaptchaProvider = {
  // A dollar sign can't occur in an attribute's name.
  field: '$proof_of_work',
  asksOthers: false,
  // Its challenge comes from the portal, and browsers compute it without a worker.
  sources: () => [],

  async verify(token) {
    const posted = read(token);
    if (posted === undefined) return refuse('refused', 'malformed');
    const { challenge, solution } = posted;
    const result = await verifySolution({ challenge, solution, deriveKey, ...secrets() });
    if (result.expired) return refuse('expired', 'expired');
    if (!result.verified) return refuse('refused', result.invalidSignature ? 'not-ours' : 'not-solved');
    if (challenge.parameters.data.use !== binding()) return refuse('refused', 'other-portal');
    const first = await throttle('captcha-spent', challenge.signature);
    return first.passed ? { passed: true } : refuse('expired', 'spent');
  },
};
