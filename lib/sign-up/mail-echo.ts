import 'server-only';
import { processWide } from '@/lib/process-wide';

/** How long Keycloak is taken to need for a mail, until one has been sent, and at most, in milliseconds. */
const USUAL_MS = 150;
const LONGEST_MS = 10_000;

/** The median of so many mails is the measure. */
const MOST_KEPT = 9;

/** Failures are echoed until a mail goes out, or for so long after the last, in milliseconds. */
const FAILURE_MS = 300_000;

/**
 * So many visitors' mails must have failed in a row: one visitor alone could have chosen an address that the mail server
 * refuses, to see whether the next one is answered alike.
 */
const FEWEST_VISITORS = 2;

interface Heard {
  /** How long the last mails took, oldest first, in milliseconds. */
  readonly durations: number[];
  /** Whose mails have failed since one went out. */
  readonly failing: Set<string>;
  /** The last of those. */
  failure?: { readonly at: number; readonly duration: number } | undefined;
}

const heard = () => processWide<Heard>('mail-echo', () => ({ durations: [], failing: new Set() }));

/**
 * Remembers how Keycloak did with a mail to a new address.
 * @param outcome whether it went out
 * @param duration milliseconds
 * @param visitor who asked for it, as throttles count visitors
 */
export function noteMail(outcome: 'sent' | 'failed', duration: number, visitor: string): void {
  const all = heard();
  if (outcome === 'failed') {
    all.failure = { at: Date.now(), duration };
    if (all.failing.size < FEWEST_VISITORS) all.failing.add(visitor);
    return;
  }
  all.failure = undefined;
  all.failing.clear();
  all.durations.push(duration);
  if (all.durations.length > MOST_KEPT) all.durations.shift();
}

/**
 * Sends nothing, takes as long as the last mails did, and comes to the same: neither haste nor a mail server that is down
 * tells a known address from a new one.
 * @param spentMs what finding the address known has taken already, in milliseconds: a new one takes that much less
 */
export async function echoMail(spentMs = 0): Promise<'sent' | 'failed'> {
  const { failure, failing, durations } = heard();
  const isFailing = failure !== undefined && failing.size >= FEWEST_VISITORS && Date.now() - failure.at < FAILURE_MS;
  const sorted = durations.toSorted((one, other) => one - other);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? USUAL_MS;
  const duration = Math.min(isFailing ? failure.duration : usual, LONGEST_MS);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, duration - spentMs)));
  return isFailing ? 'failed' : 'sent';
}
