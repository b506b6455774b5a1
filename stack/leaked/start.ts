import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A range service as it runs. */
export interface LeakedPasswords {
  /** What goes into `LEAKED_PASSWORDS_URL`. */
  readonly url: string;
  /** What was asked for, the oldest first: all that the service ever learns. */
  readonly asked: readonly { readonly path: string; readonly padded: boolean }[];
  stop(): Promise<void>;
}

/** How many lines a padded answer has at least; Pwned Passwords has 800 to 1,000. */
const PADDED_LINES = 800;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

/** The lines of a range, in the order of their hashes, made up ones with the count 0 among them. */
function rangeOf(prefix: string, leaked: ReadonlyMap<string, number>, isPadded: boolean): string {
  const lines = [...leaked].flatMap(([hash, count]) => (hash.startsWith(prefix) ? [`${hash.slice(5)}:${count}`] : []));
  while (isPadded && lines.length < PADDED_LINES)
    lines.push(`${randomBytes(18).toString('hex').slice(0, 35).toUpperCase()}:0`);
  return lines.sort().join('\r\n');
}

/**
 * Serves the ranges of a list of passwords by the protocol of Pwned Passwords (`GET /range/{prefix}`), on this machine.
 * @param passwords that have leaked, with how often
 * @param port to listen on; any free one when absent
 */
export async function startLeakedPasswords(
  passwords: Readonly<Record<string, number>>,
  port = 0,
): Promise<LeakedPasswords> {
  const leaked = new Map(Object.entries(passwords).map(([password, count]) => [sha1(password), count]));
  const asked: { path: string; padded: boolean }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const padded = request.headers['add-padding'] === 'true';
    asked.push({ path, padded });
    const prefix = /^\/range\/([\dA-F]{5})$/i.exec(path)?.[1]?.toUpperCase();
    if (request.method !== 'GET' || prefix === undefined) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('The hash prefix was not in a valid format');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain' }).end(rangeOf(prefix, leaked, padded));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/range`,
    asked,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
