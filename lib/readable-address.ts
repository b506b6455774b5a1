import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** A percent sign that begins no octet (RFC 3986, 2.1). */
const STRAY = /%(?![0-9a-f]{2})/gi;

/**
 * Makes every request's path one that can be read. Next answers a path that isn't UTF-8 in percent signs with a 500, and
 * one with a slash too many with a redirect, both before any code or header of the portal's; so it gets one that stands for
 * itself, or the one that was meant. To be called once, when the server starts.
 */
export function makeAddressesReadable(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.url = readableAddress(request.url ?? '/');
  });
}

/**
 * The same address, its path taken literally where its percent signs say nothing, and without slashes too many.
 * @param address path and query as they came
 */
export function readableAddress(address: string): string {
  const end = address.indexOf('?');
  const [path, query] = end < 0 ? [address, ''] : [address.slice(0, end), address.slice(end)];
  const plain = path.replace(/[\\/]+/g, '/').replace(/(?<=.)\/$/, '');
  return `${isReadable(plain) ? plain : literally(plain)}${query}`;
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    // A control character has no place in a path, nor in a redirect to one.
    return !/%(?:[01][0-9a-f]|7f)/i.test(path);
  } catch {
    return false;
  }
}

function literally(path: string): string {
  const strayless = path.replace(STRAY, '%25');
  return isReadable(strayless) ? strayless : strayless.replaceAll('%', '%25');
}
