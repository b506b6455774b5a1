import 'server-only';
import { randomUUID } from 'node:crypto';
import { reason } from './log';
import { signatureHeaders } from './webhook-signature';

/** How the deliveries of one webhook go. Durations in milliseconds. */
export interface WebhookOptions {
  readonly url: string;
  /** See `signatureHeaders`. */
  readonly secret: string;
  /** More events than this do not wait; the oldest is dropped for the newest. */
  readonly mostWaiting: number;
  /** Events that go in one message at most. */
  readonly mostAtOnce: number;
  /** How long the receiver may take. */
  readonly timeout: number;
  /** The wait before the second try is up to this; it doubles up to the longest. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** So often a message is tried that the receiver itself refuses; one that it doesn't answer is tried for ever. */
  readonly mostRefusals: number;
  /** Hears what became of events. */
  readonly count: (outcome: 'delivered' | 'dropped', events: number) => void;
  /** Hears that the receiver is lost, and why, or back. */
  readonly tell: (what: 'lost' | 'back', why?: string) => void;
}

/** Takes events to a receiver, in their order, without ever making anybody wait. */
export interface Webhook {
  add(event: Readonly<Record<string, unknown>>): void;
  /** Settles when nothing waits any more, delivered or dropped. */
  idle(): Promise<void>;
  /** Delivers what waits without long pauses, and drops what is left after so many milliseconds. */
  finish(within: number): Promise<void>;
}

/** The receiver had an answer, and it was no. */
class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly status: number) {
    super(`The receiver answered ${status}`);
  }
}

/** A pause between tries while the server ends. */
const LAST_WAIT = 100;

/** Statuses that say nothing against the message: later it may be taken (RFC 9110, 15.5.9; RFC 8470; RFC 6585, 4). */
const LATER: readonly number[] = [408, 425, 429];

/** @returns a webhook whose queue is in memory: what waits there is lost with the process */
export function openWebhook(options: WebhookOptions): Webhook {
  const { url, secret, mostWaiting, mostAtOnce, timeout, count, tell } = options;
  const waiting: Readonly<Record<string, unknown>>[] = [];
  const end = new AbortController();
  let running: Promise<void> | undefined;
  let isFinishing = false;
  let isLost = false;
  let wake = () => {};

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      // A queue keeps no process alive.
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function post(id: string, body: string): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'vestibule',
        ...signatureHeaders(secret, id, Date.now(), body),
      },
      // What is signed for one place is told to no other.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeout), end.signal]),
      cache: 'no-store',
    });
    await response.body?.cancel();
    if (!response.ok) throw new Refused(response.status);
  }

  /** The wait after so many failures in a row: random up to twice the one before, so that instances don't come as one. */
  function waitAfter(failures: number): number {
    if (isFinishing) return LAST_WAIT;
    return Math.random() * Math.min(options.longestWait, options.firstWait * 2 ** (failures - 1));
  }

  /** @returns whether the receiver took it in the end */
  async function deliver(events: readonly unknown[]): Promise<boolean> {
    const id = `msg_${randomUUID()}`;
    const body = JSON.stringify({ type: 'audit.events', timestamp: new Date().toISOString(), data: { events } });
    let refusals = 0;
    for (let failures = 1; !end.signal.aborted; failures++) {
      try {
        await post(id, body);
        if (isLost) tell('back');
        isLost = false;
        return true;
      } catch (error) {
        const status = error instanceof Refused ? error.status : undefined;
        if (!isLost) tell('lost', status === undefined ? reason(error) : `HTTP ${status}`);
        isLost = true;
        if (status !== undefined && status < 500 && !LATER.includes(status)) refusals += 1;
        if (refusals >= options.mostRefusals) return false;
        if (!end.signal.aborted) await pause(waitAfter(failures));
      }
    }
    return false;
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting.splice(0, mostAtOnce);
      count((await deliver(events)) ? 'delivered' : 'dropped', events.length);
    }
  }

  const idle = () => running ?? Promise.resolve();

  return {
    add(event) {
      if (end.signal.aborted) return count('dropped', 1);
      if (waiting.length >= mostWaiting) {
        waiting.shift();
        count('dropped', 1);
      }
      waiting.push(event);
      running ??= run().finally(() => {
        running = undefined;
      });
    },
    idle,
    async finish(within) {
      isFinishing = true;
      wake();
      const timer = setTimeout(() => {
        end.abort();
        wake();
      }, within);
      await idle();
      clearTimeout(timer);
    },
  };
}
