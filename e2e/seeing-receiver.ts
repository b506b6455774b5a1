import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { WEBHOOK_SECRET } from './seeing-portal';
import { stack } from './stack';

interface Span {
  readonly name: string;
  readonly traceId: string;
}

/** What a portal has sent to the receiver. */
export interface Received {
  readonly events: Record<string, unknown>[];
  readonly spans: Span[];
  /** What it answers to events from now on. */
  answer: number;
  stop(): Promise<void>;
}

/** Where all that came is kept, to be searched for what was typed when all tests have run (`traces.ts`). */
const file = () => join(stack.folder, 'portal-seeing-told.log');

/** Keeps a text that must hold nothing that was typed. */
export function keep(text: string): void {
  appendFileSync(file(), `${text}\n`);
}

/**
 * Takes audit events and traces, as a receiver of webhooks and a collector of OpenTelemetry do.
 * @param port see `seeingPortal`; any when 0
 */
export async function startReceiver(port: number): Promise<Received & { readonly port: number }> {
  const received = { events: [] as Record<string, unknown>[], spans: [] as Span[], answer: 204 };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    keep(body);
    if (request.url === '/v1/traces') {
      for (const resource of JSON.parse(body).resourceSpans)
        for (const scope of resource.scopeSpans) received.spans.push(...scope.spans);
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    const verified = new Webhook(WEBHOOK_SECRET).verify(body, Object.fromEntries(headers)) as {
      data: { events: Record<string, unknown>[] };
    };
    if (received.answer < 300) received.events.push(...verified.data.events);
    return response.writeHead(received.answer).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(received, {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
