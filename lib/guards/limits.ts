import 'server-only';
import { env } from '@/lib/env';
import { CHALLENGE_SECONDS } from './captcha/challenge-life';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

interface Limit {
  /** Whom or what a bucket is for. */
  readonly per:
    | 'client address'
    | 'e-mail address'
    | 'client'
    | 'portal'
    | 'account'
    | 'page'
    | 'challenge'
    | 'CAPTCHA'
    | 'account or page';
  /** What takes a point. */
  readonly counts: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  /** The variable that sets the points, where one does. */
  readonly variable?: string;
}

/**
 * Limits that look back over the whole duration at every moment (a sliding window), so that nobody gets twice as much around
 * the turn of an hour. Each counts one thing alone; a key of address and target together would let one address sweep all
 * targets (OWASP Credential Stuffing cheat sheet).
 */
const sliding = {
  'sign-up': () => ({
    per: 'client address',
    counts: 'submits of the form, right or wrong',
    points: env().SIGN_UPS_PER_HOUR,
    duration: HOUR,
    variable: 'SIGN_UPS_PER_HOUR',
  }),
  accounts: () => ({
    per: 'client address',
    counts: 'sign-ups that were accepted, whosever the e-mail address is',
    points: env().ACCOUNTS_PER_HOUR,
    duration: HOUR,
    variable: 'ACCOUNTS_PER_HOUR',
  }),
  'sign-up-client': () => ({
    per: 'client',
    counts: 'submits that are right and come from a person, as far as one can tell before the CAPTCHA',
    points: env().CLIENT_SIGN_UPS_PER_MINUTE,
    duration: MINUTE,
    variable: 'CLIENT_SIGN_UPS_PER_MINUTE',
  }),
  'sign-up-overall': () => ({
    per: 'portal',
    counts: 'the same, from everywhere',
    points: env().SIGN_UPS_PER_MINUTE,
    duration: MINUTE,
    variable: 'SIGN_UPS_PER_MINUTE',
  }),
  // Each costs a derived key.
  'captcha-challenges': () => ({
    per: 'client address',
    counts: 'challenges of the proof of work, ten for each submit',
    points: 10 * env().SIGN_UPS_PER_HOUR,
    duration: HOUR,
    variable: 'SIGN_UPS_PER_HOUR',
  }),
  'form-token': () => ({ per: 'page', counts: 'submits of one page as it was served', points: 30, duration: HOUR }),
  'mail-target': () => ({
    per: 'e-mail address',
    counts: 'mails that were asked for, by sign-ups and resends, so that nobody’s inbox is flooded',
    points: env().MAILS_PER_HOUR,
    duration: HOUR,
    variable: 'MAILS_PER_HOUR',
  }),
  resend: () => ({ per: 'client address', counts: 'mails that were asked for once more', points: 20, duration: HOUR }),
  amend: () => ({ per: 'client address', counts: 'changes of the address, cancellations', points: 15, duration: HOUR }),
  // What operators want to know of, whatever the limits are (`observability/alerts.yml`).
  'busy-address': () => ({
    per: 'client address',
    counts: 'submits, also those that were refused; refuses nothing, the next one is told',
    points: 100,
    duration: HOUR,
  }),
  // Twice what one tab asks (`poll-schedule.ts`).
  status: () => ({ per: 'account', counts: 'questions of the page that waits', points: 60, duration: MINUTE }),
  // A whole office may wait behind one.
  'status-address': () => ({ per: 'client address', counts: 'the same', points: 1_200, duration: MINUTE }),
} as const satisfies Record<string, () => Limit>;

/** Waits between one and the next, exact to the second; and what is only counted. */
const waits = {
  // As on Keycloak's own page (`emailResendCooldownSeconds`).
  'mail-cooldown': () => ({ per: 'account', counts: 'verification mails', points: 1, duration: 30 }),
  'owner-mail': () => ({ per: 'account', counts: 'mails “you have an account already”', points: 1, duration: HOUR }),
  'mail-failures': () => ({
    per: 'account',
    counts: 'mails in a row that did not go out; refuses nothing',
    points: 1_000,
    duration: HOUR,
  }),
  'captcha-attempts': () => ({
    per: 'client address',
    counts: 'submits that came as far as the CAPTCHA, for `CAPTCHA_FROM_ATTEMPT`; refuses nothing',
    points: 1_000_000,
    duration: HOUR,
  }),
  told: () => ({
    per: 'account or page',
    counts: 'audit events that are told once, by kind; refuses nothing',
    points: 1_000,
    duration: DAY,
  }),
  'captcha-spent': () => ({
    per: 'challenge',
    counts: 'solutions of a challenge of the proof of work',
    points: 1,
    duration: CHALLENGE_SECONDS,
  }),
  'captcha-let-through': () => ({
    per: 'CAPTCHA',
    counts: 'sign-ups that passed because nobody could judge; refuses nothing',
    points: 1_000_000,
    duration: HOUR,
  }),
} as const satisfies Record<string, () => Limit>;

export type SlidingPolicy = keyof typeof sliding;
export type WaitPolicy = keyof typeof waits;
export type ThrottlePolicy = SlidingPolicy | WaitPolicy;

const all: Readonly<Record<ThrottlePolicy, () => Limit>> = { ...sliding, ...waits };

/** Every policy by name: the one table of limits (ASVS 2.4.1), which `docs/limits.md` shows. */
export const POLICIES = Object.keys(all) as readonly ThrottlePolicy[];

/** A policy's limit as it is configured. */
export function limitOf(policy: ThrottlePolicy): Limit {
  return all[policy]();
}

/** Whether a policy looks back over its whole duration. */
export function isSliding(policy: ThrottlePolicy): policy is SlidingPolicy {
  return Object.hasOwn(sliding, policy);
}
