import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { beforeHead, onEveryRequest } from '@/lib/http-server';
import { processWide } from '@/lib/process-wide';

/** Names a request within this process; what a client sends under this name is thrown away. */
export const REQUEST_ID = 'x-request-id';

const underWay = () => processWide<Map<string, ServerResponse>>('requests', () => new Map());

/** Files that never change under their name (`Cache-Control: immutable`, RFC 8246). */
const FOR_EVER = '/_next/static/';

/**
 * What such a file need not say: nobody asks whether it has changed, and a script or a style sheet obeys the policy of the
 * page that it is in.
 */
const NEEDLESS = [
  'accept-ranges',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'etag',
  'last-modified',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
];

/** Keeps the heads of these files short: every visitor pays for them many times. A page in a file's place says it all. */
function keepShort(response: ServerResponse): void {
  beforeHead(response, () => {
    const isPage = String(response.getHeader('content-type') ?? '').startsWith('text/html');
    if (!isPage) for (const name of NEEDLESS) response.removeHeader(name);
    return undefined;
  });
}

/**
 * Gives every request a name of its own, by which its answer can be found. To be called once, when the server starts.
 */
export function nameRequests(): void {
  onEveryRequest(({ request, response }) => {
    const id = randomUUID();
    request.headers[REQUEST_ID] = id;
    if (request.url?.startsWith(FOR_EVER)) return keepShort(response);
    if (request.method !== 'POST') return;
    underWay().set(id, response);
    response.once('close', () => underWay().delete(id));
  });
}

/** The answer to a posted form that can still be changed; undefined where the server isn't Node's own. */
function openAnswer(id: string | null): ServerResponse | undefined {
  const response = underWay().get(id ?? '');
  return response?.headersSent ? undefined : response;
}

/**
 * Has the answer to a posted form set a cookie. For one that Next sets, it renders the whole page anew and sends it along
 * (`MutableRequestCookiesAdapter`), which a script that goes on to another page throws away.
 * @param id the request's header {@link REQUEST_ID}
 * @param cookie a whole `Set-Cookie` header (RFC 6265, 4.1)
 * @returns false where the server isn't Node's own: nothing was set
 */
export function setCookieOnAnswer(id: string | null, cookie: string): boolean {
  const response = openAnswer(id);
  if (response === undefined) return false;
  beforeHead(response, () => {
    response.appendHeader('set-cookie', cookie);
    return undefined;
  });
  return true;
}

/**
 * Has the answer to a posted form say "not now": Next gives a server action no say in its own answer's status and headers
 * (RFC 6585, 4; RFC 9110, 10.2.3). Where the server isn't Node's own, the answer says so in its words alone.
 * @param id the request's header {@link REQUEST_ID}
 * @param status 429: this visitor's own doing; 503: everybody's
 * @param retryAfter seconds
 */
export function refuseForNow(id: string | null, status: 429 | 503, retryAfter: number): void {
  const response = openAnswer(id);
  if (response === undefined) return;
  beforeHead(response, () => {
    response.setHeader('retry-after', String(retryAfter));
    return status;
  });
}
