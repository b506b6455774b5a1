import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { boundedText } from '../lib/bounded-body';
import { LARGEST_LIST, readDisposableList } from '../lib/guards/disposable-list';

/** The longest wait for the whole list (milliseconds). */
const PATIENCE_MS = 60_000;

/** What came of it, in one line. */
interface Refreshed {
  readonly said: string;
  readonly isWell: boolean;
}

/** Puts a file in another's place at once: nobody ever reads half of it. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(fresh, text);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/**
 * Fetches a list of disposable domains, checks it (see `readDisposableList`) and writes it, sorted, one domain on a line.
 * @param address http(s), redirects are followed
 * @param file where to; left as it was where anything is wrong
 */
export async function refreshDisposableDomains(address: string, file: string): Promise<Refreshed> {
  const failed = (why: string): Refreshed => ({ said: `${why}; ${file} was left as it was`, isWell: false });
  let text: string;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return failed(`${address} answers HTTP ${response.status}`);
    text = await boundedText(response, LARGEST_LIST);
  } catch (error) {
    if (error instanceof RangeError)
      return failed(`The list at ${address} is larger than ${LARGEST_LIST / 1_000_000} MB`);
    return failed(`Nothing answers at ${address}`);
  }
  const list = readDisposableList(text);
  if (!list.ok) return failed(`The list at ${address} ${list.problem}`);
  const fresh = `${[...list.domains].sort().join('\n')}\n`;
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === fresh) return { said: `${file} is up to date (${list.domains.size} domains)`, isWell: true };
  try {
    await replace(file, fresh);
  } catch {
    return failed(`${file} can not be written`);
  }
  return { said: `${list.domains.size} domains written to ${file}`, isWell: true };
}
