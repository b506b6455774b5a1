import 'server-only';
import pino from 'pino';
import { env } from '@/lib/env';

/** What may be said about an event: ids, counts, codes and durations. Never a value that a person typed. */
type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>;

let logger: pino.Logger | undefined;

function instance(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: { service: 'vestibule' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
  return logger;
}

/**
 * Writes one structured line to standard output.
 * @param level pino's level
 * @param event a fixed name such as `sign-up.created`
 * @param facts see `Facts`; an error goes through `reason()` first, so that no message of a library slips in
 */
export function log(level: 'debug' | 'info' | 'warn' | 'error', event: string, facts: Facts = {}): void {
  instance()[level]({ event, ...facts });
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
