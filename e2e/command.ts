import { describeFailure } from '../stack/failure';

/** Writes a line for the person at the terminal. */
export const say = (text: string) => void process.stdout.write(`${text}\n`);

/**
 * Reads a number from the command line.
 * @param name of its option
 * @returns a whole number of at least 0
 */
export function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}`);
  return Number(text);
}

/**
 * Runs a command to its end, and ends the process with 0 where it was content.
 * @param work says whether it was; what it throws is told in a line
 */
export async function runCommand(work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = 1;
  }
}
