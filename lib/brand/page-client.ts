import 'server-only';
import { headers } from 'next/headers';

/** The header in which the middleware tells the page whose look and words it has; what a browser sends there is dropped. */
const CLIENT_HEADER = 'x-vestibule-client';

/**
 * Tells a page which client it is for.
 * @param to the headers of the request, as the page will see them
 * @param clientId a configured client, or undefined where what holds for everyone holds
 */
export function setPageClient(to: Headers, clientId: string | undefined): void {
  to.delete(CLIENT_HEADER);
  // An id may have letters that a header can't.
  if (clientId !== undefined) to.set(CLIENT_HEADER, encodeURIComponent(clientId));
}

/** The client whose look and words this page has; undefined outside of the middleware's pages, too. */
export async function pageClient(): Promise<string | undefined> {
  try {
    return decodeURIComponent((await headers()).get(CLIENT_HEADER) ?? '') || undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
