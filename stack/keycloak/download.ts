import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../failure';

const PROGRESS_MS = 5_000;
/** No byte for this long and the transfer is given up. */
const STALL_MS = 60_000;

/** Asks for an address; every way of not getting it becomes one line. */
async function get(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    const reason = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    throw new Failure(`Could not download ${url}: ${reason}`);
  });
  if (!response.ok) throw new Failure(`Could not download ${url}: HTTP ${response.status}`);
  return response;
}

/**
 * Downloads a file and checks it against the SHA-1 that is published beside it (`<url>.sha1`, the way Keycloak's
 * releases do it). A file that does not match is removed.
 * @param url address of the file
 * @param target where to put it
 * @param progress gets a line every five seconds
 * @throws Failure when either file cannot be had or the sum is another one
 */
export async function downloadVerified(url: string, target: string, progress: (line: string) => void): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), STALL_MS);
  try {
    const published = (await (await get(`${url}.sha1`, stall.signal)).text()).trim().split(/\s+/)[0]?.toLowerCase();
    if (!published || !/^[0-9a-f]{40}$/.test(published)) throw new Failure(`${url}.sha1 does not hold a SHA-1 sum.`);
    const response = await get(url, stall.signal);
    if (!response.body) throw new Failure(`Could not download ${url}: empty answer`);
    const hash = createHash('sha1');
    let bytes = 0;
    let nextLine = Date.now() + PROGRESS_MS;
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        timer.refresh();
        if (Date.now() >= nextLine) {
          progress(`Keycloak: downloaded ${Math.round(bytes / 1e6)} MB`);
          nextLine = Date.now() + PROGRESS_MS;
        }
        done(null, chunk);
      },
    });
    await pipeline(response.body, watch, createWriteStream(target));
    const actual = hash.digest('hex');
    if (actual !== published) {
      throw new Failure(`${url} has SHA-1 ${actual}, but ${published} is published for it: not used.`);
    }
  } catch (error) {
    await rm(target, { force: true });
    if (stall.signal.aborted) throw new Failure(`Could not download ${url}: nothing came for ${STALL_MS / 1000} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
