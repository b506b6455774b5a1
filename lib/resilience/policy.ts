import 'server-only';
import {
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { processWide } from '@/lib/process-wide';
import { log, reason } from '@/lib/telemetry/log';
import { observeCall, setCircuit } from '@/lib/telemetry/metrics';
import { type Dependency, type Lane, rulesOf } from './dependencies';

/** No call was made: the dependency has failed too often of late, or has too many calls already. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
  /** @param code for the log */
  constructor(readonly code: 'CIRCUIT_OPEN' | 'TOO_MANY') {
    super(code);
  }
}

/** @returns whether an error is a {@link NotTried}; not by its class, of which Next has several copies */
export function isNotTried(error: unknown): error is NotTried {
  return error instanceof Error && error.name === 'NotTried';
}

/** A call took longer than it may. Whether the other side has done it is unknown. */
class TookTooLong extends Error {
  // As the platform calls its own (`AbortSignal.timeout`).
  override readonly name = 'TimeoutError';
}

/** How a call is made. */
export interface CallOptions {
  /** It may be made twice: asking, or writing what is the same the second time (RFC 9110, 9.2.2). */
  readonly repeatable?: boolean;
  readonly lane?: Lane;
  /** What is a refusal and no fault: it tells that the dependency is well. Every error is a fault where this is absent. */
  readonly isRefusal?: (error: unknown) => boolean;
}

/** Tries after the first, and how long they wait (milliseconds, with jitter): a blip is over by then, an outage is not. */
const RETRIES = 2;
const RETRY_MS = { initialDelay: 150, maxDelay: 600 };

/** The error of a refusal on its way through the policies, which take it for a success. */
class Refusal {
  constructor(readonly error: unknown) {}
}

interface Guard {
  readonly circuit: CircuitBreakerPolicy;
  /** When the next call may be tried (milliseconds since 1970); 0 while the circuit is closed. */
  openUntil: number;
  readonly lanes: Readonly<Record<Lane, { readonly once: IPolicy; readonly repeated: IPolicy }>>;
}

/** By its mark: the library's own `isTaskCancelledError` (3.2.1) looks for another error's. */
const isOverdue = (error: unknown) => error instanceof Error && 'isTaskCancelledError' in error;

/** The circuit's states, in the words of the metrics. */
const CIRCUITS = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
} as const;

/** Never for what has been waited for long already, nor for what was not tried. */
const isBrief = handleWhen((error) => !(isOverdue(error) || error.name === 'TimeoutError' || isHeldBack(error)));

/** Not by their classes: Next has several copies of the library, and they share the guards. */
const isHeldBack = (error: unknown) => isBrokenCircuitError(error) || isBulkheadRejectedError(error);

function makeGuard(dependency: Dependency): Guard {
  const { limitMs, lanes, faultsInARow, openMs } = rulesOf(dependency);
  const circuit = circuitBreaker(
    handleWhen((error) => !isHeldBack(error)),
    { breaker: new ConsecutiveBreaker(faultsInARow), halfOpenAfter: openMs },
  );
  const lane = ({ atOnce, waiting }: { atOnce: number; waiting: number }) => {
    const limit = timeout(limitMs, TimeoutStrategy.Aggressive);
    const once = wrap(circuit, bulkhead(atOnce, waiting), limit);
    const again = retry(isBrief, { maxAttempts: RETRIES, backoff: new ExponentialBackoff(RETRY_MS) });
    return { once, repeated: wrap(again, once) };
  };
  const guard: Guard = {
    circuit,
    openUntil: 0,
    lanes: { work: lane(lanes.work), look: lane(lanes.look), token: lane(lanes.token) },
  };
  circuit.onStateChange((state) => {
    if (state !== CircuitState.Isolated) setCircuit(dependency, CIRCUITS[state]);
  });
  let isSaid = false;
  circuit.onBreak((why) => {
    guard.openUntil = Date.now() + openMs;
    if (!isSaid)
      log('error', 'dependency.lost', { dependency, reason: 'error' in why ? reason(why.error) : undefined });
    isSaid = true;
  });
  circuit.onReset(() => {
    guard.openUntil = 0;
    log('info', 'dependency.back', { dependency });
    isSaid = false;
  });
  return guard;
}

const guardOf = (dependency: Dependency) => processWide(`guard ${dependency}`, () => makeGuard(dependency));

/**
 * Makes a call to a dependency under its rules (`dependencies.ts`): within its time limit, with no more at once than it
 * bears, twice more where that is safe and the fault was quick, and not at all while it is known to be away.
 * @param dependency whom
 * @param call makes the call; the signal aborts it when its time is up
 * @param options see `CallOptions`
 * @returns what the call came to
 * @throws NotTried where no call was made; an error named `TimeoutError` when it took too long; what the call threw
 */
export async function callUnderPolicy<T>(
  dependency: Dependency,
  call: (signal: AbortSignal) => Promise<T>,
  { repeatable = false, lane = 'work', isRefusal = () => false }: CallOptions = {},
): Promise<T> {
  const { once, repeated } = guardOf(dependency).lanes[lane];
  const started = performance.now();
  const ended = (outcome: Parameters<typeof observeCall>[1]) =>
    observeCall(dependency, outcome, (performance.now() - started) / 1_000);
  let result: T | Refusal;
  try {
    const work = async ({ signal }: { signal: AbortSignal }) => {
      try {
        return await call(signal);
      } catch (error) {
        if (isRefusal(error)) return new Refusal(error);
        throw error;
      }
    };
    // A signal of its own: all calls would listen to one that the library shares, and Node warns of so many.
    result = await (repeatable ? repeated : once).execute(work, new AbortController().signal);
  } catch (error) {
    ended(isOverdue(error) ? 'timeout' : isHeldBack(error) ? 'rejected' : 'failed');
    if (isOverdue(error)) throw new TookTooLong(dependency);
    if (isHeldBack(error)) throw new NotTried(isBrokenCircuitError(error) ? 'CIRCUIT_OPEN' : 'TOO_MANY');
    throw error;
  }
  ended(result instanceof Refusal ? 'refused' : 'ok');
  if (result instanceof Refusal) throw result.error;
  return result;
}

/**
 * How long no call to a dependency will be tried, because it has failed too often of late.
 * @returns milliseconds; 0 where the next call is tried
 */
export function openFor(dependency: Dependency): number {
  const { circuit, openUntil } = guardOf(dependency);
  return circuit.state === CircuitState.Open ? Math.max(0, openUntil - Date.now()) : 0;
}

/** Whether the last that is known of a dependency is that it fails. */
export function isLost(dependency: Dependency): boolean {
  return guardOf(dependency).circuit.state !== CircuitState.Closed;
}
