import { type IncomingMessage, request } from 'node:http';
import type { Wire } from './post';

/** Whoever waits longer than this has met a fault (milliseconds). */
export const LONGEST_ANSWER_MS = 15_000;

/** What came back. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly location: string;
      readonly body: string;
      readonly cookies: readonly string[];
      readonly ms: number;
    }
  /** The connection ended without an answer; `meant` where the request itself was cut off. */
  | { readonly kind: 'cut'; readonly why: string; readonly meant: boolean }
  | { readonly kind: 'late' }
  /** Node itself would not send it. */
  | { readonly kind: 'unsendable'; readonly why: string };

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Sends a request as it is, however odd, on a connection of its own.
 * @param origin of the portal
 */
export function send(origin: string, wire: Wire): Promise<Reply> {
  const started = performance.now();
  return new Promise((resolve) => {
    const isCut = wire.cutAfter !== undefined;
    try {
      const { hostname, port } = new URL(origin);
      const length =
        wire.body.length > 0 || wire.method === 'POST' ? { 'content-length': String(wire.body.length) } : {};
      const outgoing = request({
        // The portals of the stack listen on this address alone.
        host: hostname === 'localhost' ? '127.0.0.1' : hostname,
        port,
        method: wire.method,
        path: wire.path,
        headers: { host: `${hostname}:${port}`, ...length, ...wire.headers },
        agent: false,
      });
      outgoing.setTimeout(LONGEST_ANSWER_MS, () => {
        resolve({ kind: 'late' });
        outgoing.destroy();
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        resolve({ kind: 'cut', why: error.code ?? error.message, meant: isCut });
      });
      outgoing.on('response', (response) => {
        readAll(response).then(
          (body) =>
            resolve({
              kind: 'answer',
              status: response.statusCode ?? 0,
              location: response.headers.location ?? '',
              body,
              cookies: response.headers['set-cookie'] ?? [],
              ms: performance.now() - started,
            }),
          (error: unknown) => resolve({ kind: 'cut', why: String(error), meant: isCut }),
        );
      });
      if (wire.cutAfter === undefined) outgoing.end(wire.body);
      else outgoing.write(wire.body.subarray(0, wire.cutAfter), () => setTimeout(() => outgoing.destroy(), 20));
    } catch (error) {
      resolve({ kind: 'unsendable', why: error instanceof Error ? error.message : String(error) });
    }
  });
}
