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

/**
 * Whether a request that may change something comes from elsewhere, as far as a browser tells (ASVS 3.5.1): by `Origin`,
 * which it sends with every post, and by Fetch Metadata, which it may send where that is missing. Who sends neither is no
 * browser, and has nobody's cookies.
 * @param headers of the request
 * @param ownOrigin the portal's origin, without a slash at the end
 */
export function isFromElsewhere(headers: Pick<Headers, 'get'>, ownOrigin: string): boolean {
  const [origin, site] = [headers.get('origin'), headers.get('sec-fetch-site')];
  return (origin !== null && origin !== ownOrigin) || site === 'cross-site' || site === 'same-site';
}
