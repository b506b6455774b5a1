import { onEveryRequest } from '@/lib/http-server';

/** Headers by which Next's own client fetches a page ahead; on a post they make Next fail after the action has run. */
const PREFETCH = ['next-router-prefetch', 'next-router-segment-prefetch'];

/** Methods that no `Request` can be made of (Fetch, 2.2.1): Next fails to. None of ours answers them, as none does OPTIONS. */
const UNKNOWN_TO_FETCH: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Makes every request ask for something that has an address, in a way that there is. Next answers what it can't decode with
 * 500; it is to find nothing there instead. To be called once, when the server starts.
 */
export function mendRequestTargets(): void {
  onEveryRequest(({ request }) => {
    request.url = mendedTarget(request.url ?? '/');
    if (request.method !== 'GET') for (const name of PREFETCH) delete request.headers[name];
    if (UNKNOWN_TO_FETCH.has(request.method ?? '')) request.method = 'OPTIONS';
  });
}

/**
 * The path and query of a request.
 * @param target as it came (RFC 9112, 3.2): an absolute one counts by its path, `*` is the root's
 * @returns a target that can be decoded, without slashes too many; what could not be decoded keeps its percent signs as such
 *   (RFC 3986, 2.4), and so does a control character, which has no place in a path, nor in a redirect to one
 */
export function mendedTarget(target: string): string {
  const local = target.startsWith('/') ? target : pathOf(target);
  const end = local.indexOf('?');
  const [path, query] = end < 0 ? [local, ''] : [local.slice(0, end), local.slice(end)];
  return `${readable(path)}${decodable(query)}`;
}

function pathOf(target: string): string {
  if (!URL.canParse(target)) return '/';
  const { pathname, search } = new URL(target);
  return `${pathname.startsWith('/') ? '' : '/'}${pathname}${search}`;
}

/** A percent sign that begins no octet (RFC 3986, 2.1). */
const STRAY = /%(?![0-9a-f]{2})/gi;

/** Next answers a path with a slash too many with a redirect, before any header of the portal's. */
function readable(path: string): string {
  const plain = path.replace(/[\\/]+/g, '/').replace(/(?<=.)\/$/, '');
  if (isReadable(plain)) return plain;
  const strayless = plain.replace(STRAY, '%25');
  return isReadable(strayless) ? strayless : plain.replaceAll('%', '%25');
}

const isReadable = (path: string) => decodable(path) === path && !/%(?:[01][0-9a-f]|7f)/i.test(path);

function decodable(text: string): string {
  try {
    decodeURIComponent(text);
    return text;
  } catch {
    return text.replaceAll('%', '%25');
  }
}
