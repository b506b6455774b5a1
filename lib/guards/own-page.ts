/**
 * Whether a visitor followed a link of one of our own pages: by Fetch Metadata, which browsers send to trustworthy addresses
 * and no script can set, else by the referrer, which our pages send to themselves alone. Without either it is not believed.
 * @param headers of the request
 * @param ownOrigin the portal's origin, without a slash at the end
 */
export function isFromOwnPage(headers: Pick<Headers, 'get'>, ownOrigin: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const referrer = headers.get('referer') ?? '';
  return URL.canParse(referrer) && new URL(referrer).origin === ownOrigin;
}
