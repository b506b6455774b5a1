import { onEveryRequest } from '@/lib/http-server';

const HEADER = 'x-forwarded-for';

/**
 * Makes every request carry the address of the socket that it came by, as the last entry of `X-Forwarded-For`. Next tells
 * its code only the headers, and takes a forged header as it is; with the peer appended, counting from the right can't be
 * forged. To be called once, when the server starts.
 */
export function recordPeerAddresses(): void {
  onEveryRequest(({ request, socket }) => {
    const before = request.headers[HEADER];
    const peer = socket.remoteAddress ?? 'unknown';
    request.headers[HEADER] = before === undefined ? peer : `${before}, ${peer}`;
  });
}

/**
 * The visitor's address.
 * @param forwardedFor the `X-Forwarded-For` header, with the socket's own address as its last entry
 * @param trustedProxies how many proxies in front of the portal are known to append to that header
 * @returns an IPv4 or IPv6 address; `unknown` when the header is missing
 */
export function clientAddress(forwardedFor: string | null, trustedProxies: number): string {
  const hops = (forwardedFor ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  const address = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? 'unknown';
  return address.toLowerCase();
}

/**
 * What throttles count an address as.
 * @param address see `clientAddress`
 * @returns an IPv4 address as it is; of an IPv6 address its network of 64 bits, since one subscriber has at least that
 *   many addresses (RFC 6177)
 */
export function throttleKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
