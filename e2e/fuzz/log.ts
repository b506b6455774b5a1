import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { MARKER } from './values';

/** Something in a portal's log that must not be there. */
export interface LogFault {
  /** The same for faults of one kind. */
  readonly kind: string;
  readonly line: string;
}

/** Reads what is added to a log. */
export interface LogTail {
  /** @returns the whole lines that have come since the last call */
  more(): string[];
}

/** Follows a log from now on. */
export function tailOf(file: string): LogTail {
  const size = () => {
    const descriptor = openSync(file, 'r');
    try {
      return fstatSync(descriptor).size;
    } finally {
      closeSync(descriptor);
    }
  };
  let at = size();
  let rest = '';
  return {
    more() {
      const end = size();
      const bytes = Buffer.alloc(end - at);
      const descriptor = openSync(file, 'r');
      try {
        readSync(descriptor, bytes, 0, bytes.length, at);
      } finally {
        closeSync(descriptor);
      }
      at = end;
      const lines = `${rest}${bytes.toString('latin1')}`.split('\n');
      rest = lines.pop() ?? '';
      return lines.filter((line) => line.trim() !== '');
    },
  };
}

/** One line of the portal's own log; anything else was written by somebody else. */
function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Judges one line: nothing that anybody typed; nothing but the portal's own lines, since a stack trace, an uncaught
 * exception or an unhandled rejection is none; and no error, since all that the portal needs is there.
 */
export function judgeLine(line: string): LogFault | undefined {
  if (line.search(MARKER) >= 0)
    return { kind: `typed value in the log: ${line.replace(MARKER, '…').slice(0, 60)}`, line };
  const own = parsed(line);
  if (own === undefined) return { kind: `not the portal's own line: ${line.trim().slice(0, 60)}`, line };
  return own.level === 'error'
    ? { kind: `error in the log: ${String(own.event)} ${String(own.reason ?? '')}`, line }
    : undefined;
}
