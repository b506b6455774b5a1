import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a browser says of itself with each request for a page. */
export const BROWSER = { 'accept-language': 'en-GB,en;q=0.9', 'accept-encoding': 'gzip, deflate, br, zstd' } as const;

const agent = new Agent({ keepAlive: true, maxSockets: 64, noDelay: true });

/** Asks over a connection that stays open, as a browser's do; Node's own client, since it costs the least. */
export function ask(
  to: URL,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: Buffer } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, search, host } = to;
    const all = { host, ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) };
    const path = `${pathname}${search}`;
    // 127.0.0.1 and not "localhost", which would be looked up again and again.
    const address = hostname === 'localhost' ? '127.0.0.1' : hostname;
    const asked = request({ agent, host: address, port, path, method, headers: all }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** @returns the cookies that an answer sets, as the next request carries them */
export function cookiesOf({ headers }: Reply): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}
