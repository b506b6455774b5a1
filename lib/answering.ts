import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '@/lib/process-wide';
import type { Visitor } from '@/lib/telemetry/visitor';

/** A request that the portal answers without Next, whose own functions (`headers`, `after`) know nothing of it. */
export interface Answering {
  /** See `currentVisitor`. */
  readonly visitor: Visitor;
  /** Does something once the visitor has their answer. */
  after(work: () => Promise<void>): void;
}

const storage = () => processWide('answering', () => new AsyncLocalStorage<Answering>());

/** The request that is being answered without Next; undefined where there is none. */
export function answering(): Answering | undefined {
  return storage().getStore();
}

/** Does a piece of work for a request that Next knows nothing of. */
export function whileAnswering<T>(request: Answering, work: () => Promise<T>): Promise<T> {
  return storage().run(request, work);
}
