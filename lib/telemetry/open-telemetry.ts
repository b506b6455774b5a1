import 'server-only';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { reason } from './log';
import { impersonal } from './span-privacy';
import type { Tracing } from './tracing';

/**
 * Starts OpenTelemetry: Next's spans and ours go to a collector as OTLP/JSON over HTTP, with nothing personal in them. A
 * caller's trace goes on (W3C Trace Context, `traceparent`). What else OpenTelemetry's own variables say, such as
 * `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` and `OTEL_EXPORTER_OTLP_HEADERS`, its libraries read themselves.
 * @param endpoint base address of the collector
 */
export function openTelemetry(endpoint: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME || 'vestibule' }),
    spanProcessors: [
      new BatchSpanProcessor({
        export: (spans, done) => exporter.export(spans.map(impersonal), done),
        shutdown: () => exporter.shutdown(),
        forceFlush: () => exporter.forceFlush(),
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  process.once('SIGTERM', () => void provider.forceFlush().catch(() => undefined));
  const tracer = provider.getTracer('vestibule');
  return {
    within: (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error.type', reason(error));
          throw error;
        } finally {
          span.end();
        }
      }),
    add(name, attributes, seconds) {
      const end = Date.now();
      tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: end - seconds * 1_000 }).end(end);
    },
    active: () => trace.getActiveSpan(),
  };
}
