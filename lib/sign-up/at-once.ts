import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { processWide } from '@/lib/process-wide';

/** Equal submits are one for this long after the first was accepted (milliseconds): a double click, a network that repeats. */
export const AT_ONCE_MS = 10_000;

/** More accepted submits than this are not remembered at once. */
const MOST_KEPT = 1_000;

interface Shared {
  readonly result: Promise<unknown>;
  isDone: boolean;
}

const shared = () => processWide<Map<string, Shared>>('submits-at-once', () => new Map());
const key = () => processWide('submits-at-once-key', () => randomBytes(32));

/**
 * Does a piece of work once for all who ask for the same at once, or soon after it was accepted; all get its result. What is
 * kept of the question is a digest under a key that never leaves the process: there may be a password in it.
 * @param question what tells one piece of work from another
 * @param work done for the first who asks
 * @param isKept whether a result serves those who ask later, too
 * @param stillHolds asked before it does, for much may have happened since
 */
export async function once<T>(
  question: unknown,
  work: () => Promise<T>,
  isKept: (result: T) => boolean,
  stillHolds: (result: T) => Promise<boolean>,
): Promise<T> {
  const digest = createHmac('sha256', key()).update(JSON.stringify(question)).digest('base64url');
  const known = shared().get(digest);
  if (known !== undefined) {
    const wasDone = known.isDone;
    const earlier = (await known.result) as T;
    if (!wasDone || (await stillHolds(earlier))) return earlier;
    if (shared().get(digest) === known) shared().delete(digest);
    return once(question, work, isKept, stillHolds);
  }
  const result = work();
  const entry: Shared = { result, isDone: false };
  shared().set(digest, entry);
  const forget = () => {
    if (shared().get(digest) === entry) shared().delete(digest);
  };
  result.then((value) => {
    entry.isDone = true;
    if (!isKept(value)) return forget();
    setTimeout(forget, AT_ONCE_MS).unref();
    // A map keeps the order in which its keys came, so the first that is done is the oldest.
    if (shared().size > MOST_KEPT) for (const [old, { isDone }] of shared()) if (isDone) return shared().delete(old);
  }, forget);
  return result;
}

/**
 * Does pieces of work one after the other where they are about the same thing.
 * @param name of the thing
 * @param work waits until all earlier work about it is done, however that ended
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const queues = processWide<Map<string, Promise<unknown>>>('in-turn', () => new Map());
  const mine = (queues.get(name) ?? Promise.resolve()).then(work);
  const end = mine.catch(() => undefined);
  queues.set(name, end);
  void end.then(() => {
    if (queues.get(name) === end) queues.delete(name);
  });
  return mine;
}
