import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { CHALLENGE_SECONDS } from './captcha/challenge-life';

/** Passed, or how long to wait, in seconds. */
export type ThrottleAnswer = { readonly passed: true } | { readonly passed: false; readonly retryAfter: number };

const HOUR = 3_600;

/**
 * All limits in one table: points per duration (seconds). Each counts one thing alone; a key of address and target
 * together would let one address sweep all targets (OWASP Credential Stuffing cheat sheet).
 */
const policies = {
  /** Submits of the form, right or wrong, by client address. */
  'sign-up': () => ({ points: env().SIGN_UPS_PER_HOUR, duration: HOUR }),
  /** One mail to one address is enough for half a minute, as on Keycloak's own page (`emailResendCooldownSeconds`). */
  'mail-cooldown': () => ({ points: 1, duration: 30 }),
  /** Mails that can be asked for to one address, by sign-ups and resends, so that nobody's inbox is flooded. */
  'mail-target': () => ({ points: env().MAILS_PER_HOUR, duration: HOUR }),
  /** "You have an account already", by account. */
  'owner-mail': () => ({ points: 1, duration: HOUR }),
  /** Mails in a row that did not go out, by account: they are counted here and nothing is refused. */
  'mail-failures': () => ({ points: 1_000, duration: HOUR }),
  /** Resends by client address. */
  resend: () => ({ points: 20, duration: HOUR }),
  /** Changes of the address and cancellations, by client address. */
  amend: () => ({ points: 15, duration: HOUR }),
  /** Questions whether an account is verified, by account: twice what one tab asks (`poll-schedule.ts`). */
  status: () => ({ points: 60, duration: 60 }),
  /** The same by client address, behind which a whole office may wait. */
  'status-address': () => ({ points: 1_200, duration: 60 }),
  /** Submits that came as far as the CAPTCHA, by client address; only counted: from the n-th on it may be asked for. */
  'captcha-attempts': () => ({ points: 1_000_000, duration: HOUR }),
  /** Challenges of the proof of work, by client address: each costs us a derived key. */
  'captcha-challenges': () => ({ points: 10 * env().SIGN_UPS_PER_HOUR, duration: HOUR }),
  /** A challenge that was solved, by its signature: it is good once. */
  'captcha-spent': () => ({ points: 1, duration: CHALLENGE_SECONDS }),
  /** Sign-ups that passed because nobody could judge, by CAPTCHA; only counted. */
  'captcha-let-through': () => ({ points: 1_000_000, duration: HOUR }),
} as const;

export type ThrottlePolicy = keyof typeof policies;

function limiter(policy: ThrottlePolicy): RateLimiterMemory {
  return processWide(`throttle ${policy}`, () => new RateLimiterMemory({ keyPrefix: policy, ...policies[policy]() }));
}

const seconds = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

/**
 * Takes one point of a policy.
 * @param policy a row of the table above
 * @param key what is counted: a client address, a user's id
 */
export async function throttle(policy: ThrottlePolicy, key: string): Promise<ThrottleAnswer> {
  try {
    await limiter(policy).consume(key);
    return { passed: true };
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    return { passed: false, retryAfter: seconds(rejection) };
  }
}

/**
 * How long a policy would refuse, without taking a point.
 * @returns seconds; 0 when it would not
 */
export async function secondsLeft(policy: ThrottlePolicy, key: string): Promise<number> {
  const taken = await limiter(policy).get(key);
  return taken === null || taken.consumedPoints < policies[policy]().points ? 0 : seconds(taken);
}

/**
 * Refuses from now on, whatever was taken before.
 * @param duration seconds; the policy's own when absent
 */
export async function hold(policy: ThrottlePolicy, key: string, duration?: number): Promise<void> {
  await limiter(policy).block(key, duration ?? policies[policy]().duration);
}

/** Gives a point back that was taken for nothing. */
export async function giveBack(policy: ThrottlePolicy, key: string): Promise<void> {
  await limiter(policy).reward(key);
}

/**
 * Takes a point of a policy that only counts.
 * @returns how many have been taken within its duration
 */
export async function countUp(policy: ThrottlePolicy, key: string): Promise<number> {
  return (await limiter(policy).penalty(key)).consumedPoints;
}

/** How many points have been taken within a policy's duration, without taking one. */
export async function counted(policy: ThrottlePolicy, key: string): Promise<number> {
  return (await limiter(policy).get(key))?.consumedPoints ?? 0;
}

/** Forgets what was counted. */
export async function forget(policy: ThrottlePolicy, key: string): Promise<void> {
  await limiter(policy).delete(key);
}
