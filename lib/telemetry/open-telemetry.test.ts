import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { observeCall } from './metrics';
import { inSpan, startTracing, traceId } from './tracing';

interface Exported {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A collector on this machine (OTLP/HTTP with JSON). */
const spans: Exported[] = [];
let raw = '';
const collector = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    raw += `${request.url} ${body}`;
    for (const resource of JSON.parse(body).resourceSpans)
      for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '10');
  stubPortalEnv({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  collector.close();
  collector.closeAllConnections();
  trace.disable();
  context.disable();
  propagation.disable();
});

test('without tracing a step is just done; with it a caller’s trace goes on, and calls belong to their step', async () => {
  expect(await inSpan('sign-up.rules', async () => traceId())).toBeUndefined();
  await startTracing();
  const carrier = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  const told = await context.with(propagation.extract(context.active(), carrier), () =>
    inSpan('sign-up.create', async () => {
      observeCall('keycloak', 'ok', 0.02);
      return traceId();
    }),
  );
  expect(told).toBe('0af7651916cd43dd8448eb211c80319c');
  await vi.waitFor(() => expect(spans.map(({ name }) => name)).toEqual(['call keycloak', 'sign-up.create']));
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([told]));
  expect(raw).toMatch(/^\/v1\/traces /);
});

test('nothing that a person typed leaves: neither in a name, an address, an error, an event nor a link', async () => {
  spans.length = 0;
  raw = '';
  const secret = 'ada@example.com';
  const tracer = trace.getTracer('next.js');
  const patterns: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [`GET /en/${secret}?login_hint=${secret}`, { 'http.target': `/en?x=${secret}`, 'http.method': 'GET' }],
    [`fetch GET https://sso.example.com/users?email=${encodeURIComponent(secret)}`, { 'http.url': secret }],
    ['GET /[locale]/sign-up', { 'next.route': '/[locale]/sign-up', 'url.full': `https://x/?q=${secret}` }],
    ['executing api route (app) /api/sweep/route', { 'next.route': '/api/sweep', 'next.span_name': secret }],
  ];
  for (const [name, attributes] of patterns) {
    const span = tracer.startSpan(name, { attributes, links: [] });
    span.recordException(new Error(`no ${secret}`));
    span.setStatus({ code: 2, message: secret });
    span.end();
  }
  await expect(
    inSpan('sign-up.mail', async () => {
      throw new TypeError(secret);
    }),
  ).rejects.toThrow();
  await vi.waitFor(() => expect(spans).toHaveLength(patterns.length + 1));
  expect(spans.map(({ name }) => name)).toEqual([
    'GET …',
    'fetch GET …',
    'GET /[locale]/sign-up',
    'executing api route (app) /api/sweep/route',
    'sign-up.mail',
  ]);
  expect(raw).toContain('exception.type');
  expect(raw).toContain('TypeError');
  expect(raw).not.toMatch(/ada(?:@|%40)/);
});
