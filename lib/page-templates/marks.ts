import 'server-only';
import { randomBytes } from 'node:crypto';
import { processWide } from '@/lib/process-wide';
import type { Own } from './shared-page';

/** The header with which this process asks itself for a page that is nobody's. */
export const TEMPLATE_HEADER = 'x-vestibule-template';

/** The header with which it tells that page how long the mail can't be sent again, in seconds. */
export const WAIT_HEADER = 'x-vestibule-wait';

/** What stands in a template where each visitor's page has something of its own. */
interface Marks {
  /** Proves that a request is this process's own. */
  readonly ticket: string;
  readonly nonce: string;
  readonly byName: Map<Own, string>;
}

/** Random, so that nobody can have a page say them who has not been told, and only this process has. */
function marks(): Marks {
  return processWide('template-marks', () => ({
    ticket: randomBytes(32).toString('base64url'),
    nonce: freshNonce(),
    byName: new Map(),
  }));
}

/** A nonce for one answer (CSP Level 3, 7.1): 128 random bits. */
export function freshNonce(): string {
  return randomBytes(16).toString('base64');
}

/** The header's value that {@link isForTemplate} believes. */
export function templateTicket(): string {
  return marks().ticket;
}

/** @returns whether a page is asked for by this process, to be made a template of */
export function isForTemplate(headers: Pick<Headers, 'get'>): boolean {
  return headers.get(TEMPLATE_HEADER) === marks().ticket;
}

/** Stands for the nonce. */
export function nonceMark(): string {
  return marks().nonce;
}

/** How long a page for nobody is to say that the mail can't be sent again, in seconds; undefined for anybody's page. */
export function waitForTemplate(headers: Pick<Headers, 'get'>): number | undefined {
  return isForTemplate(headers) ? Number(headers.get(WAIT_HEADER)) : undefined;
}

/** So much of a mark is random, and tells it from everything else. */
const TELLING = 12;

/**
 * Stands for something of a visitor's. It is as long, since React writes the length of a long text before it, and since what is
 * compressed tells how far back to look.
 * @param name of what it stands for
 * @param length of that, at least {@link TELLING}
 * @returns letters, digits, dashes and underscores
 */
export function mark(name: Own, length: number): string {
  const { byName } = marks();
  const told = byName.get(name) ?? randomBytes((TELLING * 3) / 4).toString('base64url');
  byName.set(name, told);
  return told.padEnd(length, 'x');
}

/** A mark for each thing that a visitor has, as long. */
export function marksFor(own: Readonly<Partial<Record<Own, string>>>): Partial<Record<Own, string>> {
  const names = Object.keys(own) as Own[];
  return Object.fromEntries(names.map((name) => [name, mark(name, own[name]?.length ?? 0)]));
}
