import { answerFirst } from '@/lib/http-server';

/** Files of `public/`, which stand at the root: a path of one part with a dot in it. */
const FILE = /^\/[^/?]+\.[^/?]+(?:\?|$)/;

/**
 * Whether a request asks for a file in another way than to read it.
 * @param method as it came
 * @param target path and query
 */
export function isOddForFile(method: string, target: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && FILE.test(target);
}

/**
 * Answers who wants something else of a file than to read it (RFC 9110, 15.5.6). Next means to, and fails: its page for 405
 * is not there in a standalone build, and 500 comes of it. To be called once, when the server starts.
 */
export function keepFilesReadOnly(): void {
  answerFirst(({ request, response }) => {
    if (!isOddForFile(request.method ?? '', request.url ?? '')) return false;
    response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    response.end();
    return Promise.resolve(true);
  });
}
