import 'server-only';
import { createHash } from 'node:crypto';
import { boundedText } from '@/lib/bounded-body';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log, reason } from '@/lib/telemetry/log';
import { observeCall, setCircuit } from '@/lib/telemetry/metrics';

/** How much of the hash leaves, in hexadecimal digits: each range has some hundred passwords in it. */
const PREFIX_LENGTH = 5;
/** The longest answer that is read, in bytes; a padded range has some 70,000. */
const LARGEST_RANGE = 1_000_000;
/** After so many failures in a row the service is left alone for a while: nobody shall wait for it each time. */
const PATIENCE = 3;
/** How long that is (milliseconds). */
const PAUSE_MS = 30_000;

/** Where the ranges are, how long to wait for one (milliseconds), and what the process knows of the service. */
export interface RangeService {
  readonly url: string;
  readonly timeout: number;
  readonly health: { inARow: number; failures: number; pausedUntil: number };
  readonly now: () => number;
  readonly tell: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** @returns a service of which nothing is known yet */
export const newHealth = (): RangeService['health'] => ({ inARow: 0, failures: 0, pausedUntil: 0 });

async function fetchRange(prefix: string, { url, timeout }: RangeService): Promise<string> {
  const response = await fetch(`${url}/${prefix}`, {
    // Padded, so that the size of an answer does not tell its prefix; padding has the count 0.
    headers: { 'Add-Padding': 'true', 'User-Agent': 'vestibule' },
    signal: AbortSignal.timeout(timeout),
    redirect: 'error',
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`the range service answered ${response.status}`);
  return boundedText(response, LARGEST_RANGE);
}

/** A line of a range: the rest of a hash, and how often its password was found. */
const LINE = /^([\dA-F]{35}):(\d+)\s*$/gim;

/**
 * Whether a password is among leaked ones, by the range protocol of Pwned Passwords: only the first five of forty digits of its
 * SHA-1 hash leave the portal. Where the service does not answer in time, or with what is no range, the password passes; the
 * log counts it.
 * @param password as it was typed
 */
export async function isInRange(password: string, service: RangeService): Promise<boolean> {
  const { health, now, tell } = service;
  const started = performance.now();
  const ended = (outcome: 'ok' | 'failed' | 'timeout' | 'rejected') =>
    observeCall('leaked-passwords', outcome, (performance.now() - started) / 1_000);
  if (now() < health.pausedUntil) {
    ended('rejected');
    return false;
  }
  const hash = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
  const suffix = hash.slice(PREFIX_LENGTH);
  try {
    const range = [...(await fetchRange(hash.slice(0, PREFIX_LENGTH), service)).matchAll(LINE)];
    // A padded answer is never empty: this one is something else.
    if (range.length === 0) throw new Error('no range');
    health.inARow = 0;
    setCircuit('leaked-passwords', 'closed');
    ended('ok');
    return range.some(([, rest = '', count = '']) => rest.toUpperCase() === suffix && Number(count) > 0);
  } catch (error) {
    health.inARow += 1;
    health.failures += 1;
    if (health.inARow >= PATIENCE) {
      health.pausedUntil = now() + PAUSE_MS;
      setCircuit('leaked-passwords', 'open');
    }
    ended(reason(error).startsWith('TimeoutError') ? 'timeout' : 'failed');
    tell('leaked-passwords.unavailable', { reason: reason(error), failures: health.failures });
    return false;
  }
}

/** The same, asked of the service that `LEAKED_PASSWORDS_URL` names; false where it names none. */
export async function isLeakedPassword(password: string): Promise<boolean> {
  const { LEAKED_PASSWORDS_URL: url, LEAKED_PASSWORDS_TIMEOUT_MS: timeout } = env();
  if (url === undefined) return false;
  return isInRange(password, {
    url,
    timeout,
    health: processWide('leaked passwords', newHealth),
    now: Date.now,
    tell: (event, facts) => log('warn', event, facts),
  });
}
