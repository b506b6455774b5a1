import 'server-only';
import { log, reason } from './log';

/** Frames of a stack that are told: where it happened, and who asked for it. */
const FRAMES = 5;

/**
 * Where an error happened: the functions and the lines of code of its stack. The message, which a stack begins with, is
 * left out: it may quote what somebody typed.
 */
function framesOf(error: Error): string[] {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, FRAMES).map((line) => line.trim().replace(/^at /, ''));
}

function digestOf(error: Error): string | undefined {
  return 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
}

/** A visitor who went away while something was sent or read; nobody's fault. */
function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
}

/**
 * Makes what Next and other libraries print into lines of the portal's own log. They print errors whole, with messages that
 * may quote a request: its address, its headers, what was typed (ASVS 16.2.5). What is kept is the error's class, its code,
 * Next's digest and where it happened. What libraries only remark
 * (`console.log`) is left as it is. To be called once, when the server starts.
 */
export function tameConsole(): void {
  const write =
    (level: 'warn' | 'error') =>
    (...said: unknown[]) => {
      const error = said.find((one): one is Error => one instanceof Error);
      if (error === undefined) {
        log(level, 'library.said', { at: framesOf(new Error()).slice(1) });
        return;
      }
      const facts = { reason: reason(error), digest: digestOf(error), at: framesOf(error) };
      log(isGone(error) ? 'info' : level, isGone(error) ? 'visitor.gone' : 'library.error', facts);
    };
  Object.assign(globalThis.console, { warn: write('warn'), error: write('error') });
}
