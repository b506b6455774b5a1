import 'server-only';
import { randomBytes } from 'node:crypto';
import { processWide } from '@/lib/process-wide';

/** The header with which this process asks itself for a page that is nobody's. */
export const TEMPLATE_HEADER = 'x-vestibule-template';

/** What stands in a template where each visitor's page has something of its own. */
interface Marks {
  /** Proves that a request is this process's own. */
  readonly ticket: string;
  readonly nonce: string;
  readonly formToken: string;
  readonly state: string;
}

/** Random, so that nobody can have a page say them who has not been told, and only this process has. */
function marks(): Marks {
  return processWide('template-marks', () => ({
    ticket: randomBytes(32).toString('base64url'),
    nonce: freshNonce(),
    formToken: randomBytes(32).toString('base64url'),
    state: randomBytes(12).toString('base64url'),
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

/**
 * Stands for the form's token. It is as long, since React writes the length of a long text before it, and since what is
 * compressed tells how far back to look.
 * @param length of the token
 */
export function formTokenMark(length: number): string {
  return marks().formToken.padEnd(length, 'x');
}

/** The shortest `state` that there can be a mark for. */
export const SHORTEST_STATE = 16;

/**
 * Stands for the `state` that came with the link.
 * @param length of it, at least {@link SHORTEST_STATE}
 */
export function stateMark(length: number): string {
  return marks().state.padEnd(length, 'x');
}
