import 'server-only';
import { onEveryRequest } from '@/lib/http-server';
import { metrics } from './metrics';

/** Kinds of requests, by path; few, whatever is asked for. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^\/_next\/|^\/(?:embed\.js|icon\.svg|robots\.txt|favicon\.ico)$/, 'file'],
  [/^\/api\/(?:health|metrics)$/, 'probe'],
  [/^\/api\/auth\//, 'sign-in'],
  [/^\/api\//, 'api'],
  [/^\/realms\//, 'drop-in'],
  [/^\/[^/]+\/(?:embed\/)?sign-up$/, 'sign-up'],
];

/**
 * The kind of a request.
 * @param method anything but GET and HEAD on a page is a form's
 * @param target path and query
 */
export function routeKind(method: string | undefined, target: string | undefined): string {
  const path = (target ?? '').split('?')[0] ?? '';
  const kind = KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'page';
  const isForm = (kind === 'sign-up' || kind === 'page') && method !== 'GET' && method !== 'HEAD';
  return isForm ? `${kind}-form` : kind;
}

/** Measures every request. To be called once, when the server starts; only where the server is Node's own. */
export function measureRequests(): void {
  onEveryRequest(({ request, response }) => {
    const route = routeKind(request.method, request.url);
    const stop = metrics().requests.startTimer({ route });
    // 499, as proxies log it: whoever asked went away before the answer was whole.
    response.once('close', () => stop({ status: response.writableFinished ? response.statusCode : 499 }));
  });
}
