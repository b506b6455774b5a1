import 'server-only';
import { env } from '@/lib/env';
import type { Dependency as Asked } from '@/lib/telemetry/metrics';

/** Of those whom the portal asks, who are asked under its policy; the range service is left alone in its own way. */
export type Dependency = Exclude<Asked, 'leaked-passwords'>;

/**
 * What calls are for. Those that draw pages and ask how far a sign-up has come (`look`) never take the place of those that
 * make one (`work`): a thousand open tabs can't keep anybody out. What all of them wait for (`token`) waits for none of them.
 */
export type Lane = 'work' | 'look' | 'token';

/** How a dependency is treated. */
export interface Rules {
  /** Longest wait for one call (milliseconds), counted from when it is made. */
  readonly limitMs: number;
  /** Calls at once in each lane; `waiting` more wait for one of them to end, and all others are refused at once. */
  readonly lanes: Readonly<Record<Lane, { readonly atOnce: number; readonly waiting: number }>>;
  /** Faults in a row that open the circuit: nobody waits for a call that will fail. */
  readonly faultsInARow: number;
  /** How long it stays open before one call tries anew (milliseconds). */
  readonly openMs: number;
}

/** A sign-up makes that many calls side by side at most (`isUntouched`). */
const CALLS_OF_A_SIGN_UP = 2;

/** A sign-up that has begun is never refused for want of room: admission happens before (`admission.ts`). */
const ALL_THAT_COME = 10_000;

const sameFor = (atOnce: number, waiting: number): Rules['lanes'] => ({
  work: { atOnce, waiting },
  look: { atOnce, waiting },
  token: { atOnce, waiting },
});

const TABLE: Readonly<Record<Dependency, () => Rules>> = {
  keycloak: () => ({
    limitMs: env().KEYCLOAK_TIMEOUT_MS,
    lanes: {
      work: { atOnce: CALLS_OF_A_SIGN_UP * env().SIGN_UPS_AT_ONCE, waiting: ALL_THAT_COME },
      look: { atOnce: 8, waiting: 400 },
      token: { atOnce: 2, waiting: 10 },
    },
    faultsInARow: 5,
    openMs: 3_000,
  }),
  captcha: () => ({
    limitMs: env().HCAPTCHA_TIMEOUT_MS,
    lanes: sameFor(32, 200),
    faultsInARow: 5,
    openMs: 3_000,
  }),
  // Each step of the conversation has a limit of its own besides (`lib/mail/transport.ts`).
  mail: () => ({ limitMs: 45_000, lanes: sameFor(4, 200), faultsInARow: 3, openMs: 30_000 }),
  // Counted in memory meanwhile. A counter is worth no wait.
  redis: () => ({ limitMs: 1_000, lanes: sameFor(1_000, ALL_THAT_COME), faultsInARow: 1, openMs: 2_000 }),
};

/** How a dependency is treated, as it is configured. */
export function rulesOf(dependency: Dependency): Rules {
  return TABLE[dependency]();
}
