import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';

/** Work that has not come, or is not done, after this long will not be (milliseconds). */
const FETCH_MS = 15_000;
const SOLVE_MS = 120_000;

/** Tries between two reports. */
const STEP = 5;

/** A proof is not used in its challenge's last seconds: it has to arrive, too. */
const SPARE_SECONDS = 30;

export interface Proof {
  readonly token: string;
  /** When it is too old, by the browser's clock (milliseconds). */
  readonly until: number;
}

/** What the server sets (`Work`). */
interface Work {
  readonly challenge: Challenge;
  readonly most: number;
  readonly seconds: number;
}

/**
 * Gets work from the server and does it. The browser derives the keys beside the page's own thread, so that the page stays
 * quick without a worker.
 * @param source where the work comes from
 * @param controller ends it early
 * @param onProgress told a share from 0 to 1; it is seldom that all tries are needed
 * @throws when there is no work, no way to compute, or too little time
 */
export async function prove(
  source: string,
  controller: AbortController,
  onProgress: (share: number) => void,
): Promise<Proof> {
  const response = await fetch(source, { cache: 'no-store', signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) throw new Error(`no work: ${response.status}`);
  const { challenge, most, seconds }: Work = await response.json();
  const until = Date.now() + (seconds - SPARE_SECONDS) * 1_000;
  let tries = 0;
  const solution = await solveChallenge({
    challenge,
    controller,
    timeout: SOLVE_MS,
    deriveKey(parameters, salt, password) {
      if (tries % STEP === 0) onProgress(tries / most);
      tries += 1;
      return deriveKey(parameters, salt, password);
    },
  });
  if (solution === null) throw new Error('not solved');
  return { token: btoa(JSON.stringify({ challenge, solution })), until };
}
