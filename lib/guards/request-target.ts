import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Headers by which Next's own client fetches a page ahead; on a post they make Next fail after the action has run. */
const PREFETCH = ['next-router-prefetch', 'next-router-segment-prefetch'];

/** Methods that no `Request` can be made of (Fetch, 2.2.1): Next fails to. None of ours answers them, as none does OPTIONS. */
const UNKNOWN_TO_FETCH: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Makes every request ask for something that has an address, in a way that there is. Next answers what it can't decode with
 * 500; it is to find nothing there instead. To be called once, when the server starts.
 */
export function mendRequestTargets(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.url = mendedTarget(request.url ?? '/');
    if (request.method !== 'GET') for (const name of PREFETCH) delete request.headers[name];
    if (UNKNOWN_TO_FETCH.has(request.method ?? '')) request.method = 'OPTIONS';
  });
}

/**
 * The path and query of a request.
 * @param target as it came (RFC 9112, 3.2): an absolute one counts by its path, `*` is the root's
 * @returns a target that can be decoded; what could not be keeps its percent signs as such (RFC 3986, 2.4)
 */
export function mendedTarget(target: string): string {
  const local = target.startsWith('/') ? target : pathOf(target);
  const end = local.indexOf('?');
  const [path, query] = end < 0 ? [local, ''] : [local.slice(0, end), local.slice(end)];
  return `${decodable(path)}${decodable(query)}`;
}

function pathOf(target: string): string {
  if (!URL.canParse(target)) return '/';
  const { pathname, search } = new URL(target);
  return `${pathname.startsWith('/') ? '' : '/'}${pathname}${search}`;
}

function decodable(text: string): string {
  try {
    decodeURIComponent(text);
    return text;
  } catch {
    return text.replaceAll('%', '%25');
  }
}
