import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';

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
  /** Mails that one account can ask for, so that nobody's inbox is flooded. */
  'mail-target': () => ({ points: 6, duration: HOUR }),
  /** Resends by client address. */
  resend: () => ({ points: 20, duration: HOUR }),
} as const;

export type ThrottlePolicy = keyof typeof policies;

function limiter(policy: ThrottlePolicy): RateLimiterMemory {
  return processWide(`throttle ${policy}`, () => new RateLimiterMemory({ keyPrefix: policy, ...policies[policy]() }));
}

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
    return { passed: false, retryAfter: Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)) };
  }
}
