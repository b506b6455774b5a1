import { readFileSync } from 'node:fs';

/** A failure that the person at the terminal can act on: its message is the whole story, no stack trace is needed. */
export class Failure extends Error {
  /** The log file of the process that failed, if there is one. */
  readonly log: string | undefined;

  /**
   * @param message what is wrong and how to mend it, in one line
   * @param log log file whose last lines explain it
   */
  constructor(message: string, log?: string) {
    super(message);
    this.log = log;
  }
}

/**
 * @param file text file
 * @param count how many lines
 * @returns its last lines, or an empty text when it cannot be read
 */
function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/**
 * @param error anything that was thrown
 * @returns text for the terminal: a Failure's own words with the last lines of its log, or the stack trace of a bug
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Failure)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error.log === undefined) return error.message;
  return `${error.message}\nLast lines of ${error.log}:\n${lastLines(error.log, 25)}`;
}
