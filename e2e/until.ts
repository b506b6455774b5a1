import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again, until the answer will do or the time is over.
 * @param read asks; what it throws ends the wait
 * @param isEnough whether an answer will do
 * @param limit longest wait, and how long between two questions, both in milliseconds
 * @returns the last answer
 */
export async function until<T>(
  read: () => Promise<T> | T,
  isEnough: (answer: T) => boolean,
  { within, every }: { within: number; every: number },
): Promise<T> {
  for (const end = Date.now() + within; ; await sleep(every)) {
    const answer = await read();
    if (isEnough(answer) || Date.now() > end) return answer;
  }
}
