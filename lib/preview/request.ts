import 'server-only';
import { headers } from 'next/headers';
import { type PreviewChoices, readChoices } from './choices';

/** The header in which the middleware tells a layout, which knows no query, what is looked at. */
const PREVIEW_HEADER = 'x-vestibule-preview';

/**
 * Tells a page of the preview what is looked at; what a browser sends there is dropped.
 * @param to the headers of the request, as the page will see them
 */
export function setPreview(to: Headers, query: URLSearchParams): void {
  to.set(PREVIEW_HEADER, query.toString());
}

/** What is looked at: on a state's page as its address says; in the gallery nothing but the language is said. */
export async function shownChoices(): Promise<PreviewChoices> {
  return readChoices(new URLSearchParams((await headers()).get(PREVIEW_HEADER) ?? ''));
}
