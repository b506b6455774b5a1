import 'server-only';
import type { Span } from '@opentelemetry/api';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';

/** What draws spans, once OpenTelemetry has been loaded. */
export interface Tracing {
  /** Does a piece of work within a span; an error marks it, by its class alone. */
  within<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Adds a span that has ended just now. */
  add(name: string, attributes: Readonly<Record<string, string>>, seconds: number): void;
  active(): Span | undefined;
}

const held = () => processWide<{ tracing?: Tracing }>('tracing', () => ({}));

/**
 * Has traces sent to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names; without it nothing of OpenTelemetry is loaded.
 * To be called once, when the server starts.
 */
export async function startTracing(): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT } = env();
  if (OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  // Its own spans of fetch have whole addresses for names, with what was asked for in them; `observeCall` draws ours.
  process.env.NEXT_OTEL_FETCH_DISABLED = '1';
  const { openTelemetry } = await import('./open-telemetry');
  held().tracing = openTelemetry(OTEL_EXPORTER_OTLP_ENDPOINT);
}

/** Whether requests are traced. */
export function isTraced(): boolean {
  return held().tracing !== undefined;
}

/**
 * Does a step of a sign-up within a span of its own.
 * @param name fixed, such as `sign-up.create`
 */
export function inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { tracing } = held();
  return tracing === undefined ? work() : tracing.within(name, work);
}

/** Draws a call to others that has just ended; see `observeCall`. */
export function drawCall(dependency: string, outcome: string, seconds: number): void {
  held().tracing?.add(
    `call ${dependency}`,
    { 'vestibule.dependency': dependency, 'vestibule.outcome': outcome },
    seconds,
  );
}

/** Id of the trace that this belongs to, by which operators find it from a line; undefined where nothing is traced. */
export function traceId(): string | undefined {
  return held().tracing?.active()?.spanContext().traceId;
}
