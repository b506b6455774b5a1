import 'server-only';
import pino from 'pino';
import { env } from '@/lib/env';

/** What may be said about an event: ids, counts, codes and durations. Never a value that a person typed. */
type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>;

type Level = 'debug' | 'info' | 'warn' | 'error';

let logger: pino.Logger | undefined;
let recorder: pino.Logger | undefined;

const make = (level: Level, more: Readonly<Record<string, boolean>> = {}) =>
  pino({
    level,
    base: { service: 'vestibule', ...more },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });

/**
 * Writes one structured line to standard output.
 * @param level pino's level
 * @param event a fixed name such as `realm.unreadable`
 * @param facts see `Facts`; an error goes through `reason()` first, so that no message of a library slips in
 */
export function log(level: Level, event: string, facts: Facts = {}): void {
  logger ??= make(env().LOG_LEVEL);
  logger[level]({ event, ...facts });
}

/**
 * Writes the line of an audit event, whatever LOG_LEVEL is; it is told from others by `audit`. Only `audit()` calls it.
 * @param level how bad it is
 * @param event see `AUDIT_EVENTS`
 * @param facts see there
 */
export function record(level: Exclude<Level, 'debug'>, event: string, facts: Readonly<Record<string, unknown>>): void {
  recorder ??= make('info', { audit: true });
  recorder[level]({ event, ...facts });
}

/**
 * A short, harmless name for an error: its class and its system code (`TypeError`, `TimeoutError`, `ECONNREFUSED`), never
 * its message, which may carry a URL, an answer's body or what someone typed (ASVS 16.2.5).
 * @param error whatever was thrown
 */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = [error, cause]
    .map((one) => (one && 'code' in one ? one.code : undefined))
    .find((one) => typeof one === 'string');
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
