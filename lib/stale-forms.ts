import { beforeHead, onEveryRequest } from '@/lib/http-server';

/** The query parameter that tells a page that it stands where an older one was sent from. */
export const RENEWED = 'renewed';

/** What Next marks its answer with when a posted server action is none of this build's. */
const NOT_FOUND = 'x-nextjs-action-not-found';

/**
 * Leads a form that a page of an older build posted to the page of this build. Next answers such a post, where no script
 * sent it, with two words of plain text (409, `handleUnrecognizedAction`); a script's post has the header `next-action`
 * and is seen to by the page. To be called once, when the server starts.
 */
export function leadStaleFormsBack(): void {
  onEveryRequest(({ request, response }) => {
    if (request.method !== 'POST' || request.headers['next-action'] !== undefined) return;
    beforeHead(response, () => {
      if (!response.hasHeader(NOT_FOUND)) return undefined;
      response.setHeader('location', renewedAddress(request.url ?? '/'));
      return 303;
    });
  });
}

/**
 * The address of the same page, told that it was renewed.
 * @param path path and query as posted to; an absolute or scheme-relative one stays on this host
 */
export function renewedAddress(path: string): string {
  const { pathname, searchParams } = new URL(path.replace(/^\/{2,}/, '/'), 'http://portal.invalid');
  searchParams.set(RENEWED, '');
  return `${pathname.replace(/^\/{2,}/, '/')}?${searchParams}`;
}
