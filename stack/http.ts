import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** The most that one of the stack's small servers reads from one request. */
const BODY_LIMIT = 1_000_000;

/** A small HTTP server of the stack. */
export interface HttpServer {
  url: string;
  stop(): Promise<void>;
}

/** Answers one request. What it throws becomes a 500 with the message. */
export type Handler = (request: IncomingMessage, url: URL, response: ServerResponse) => Promise<void> | void;

/**
 * Serves HTTP on 127.0.0.1.
 * @param port where
 * @param handler answers every request
 * @returns the server's address and its end (open connections are cut, since nothing waits for them any more)
 */
export function serveHttp(port: number, handler: Handler): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    Promise.resolve()
      .then(() => handler(request, url, response))
      .catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
        response.end(error instanceof Error ? error.message : String(error));
      });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

/**
 * @param request request with a body
 * @returns the body as text
 * @throws Error when it is over a megabyte
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk as Uint8Array);
    size += buffer.length;
    if (size > BODY_LIMIT) throw new Error('the request body is too large');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Answers with JSON.
 * @param response where
 * @param status HTTP status
 * @param value anything JSON can say
 * @param headers further headers
 */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(`${JSON.stringify(value)}\n`);
}

/**
 * Answers with a page that may load nothing but what it carries itself.
 * @param response where
 * @param status HTTP status
 * @param html the page
 */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'",
  });
  response.end(html);
}

/**
 * @param text any text
 * @returns the same, safe inside HTML text and quoted attributes
 */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
