/** `java.net.URI` (RFC 2396 with Java's deviations) and what `URI.toURL` adds, as Keycloak's `UriValidator` uses them. */

/** The parts of a URI that Keycloak's rule looks at. */
export interface JavaUri {
  /** As typed; undefined for a relative reference. */
  readonly scheme?: string;
  readonly fragment?: string;
  /** Undefined for an opaque URI (`mailto:ann@example.com`) and where there is none. */
  readonly authority?: string;
}

// Java allows visible non-ASCII characters; it works on UTF-16 units, so these classes do not use the `u` flag.
const OTHER = '\\x81-\\uFFFF';
const INVISIBLE = /[\x80-\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const UNRESERVED = `\\w\\-.!~*'()${OTHER}`;
const ESCAPED = '%[\\da-fA-F]{2}';
const all = (characters: string) => new RegExp(`^(?:[${UNRESERVED}${characters}]|${ESCAPED})*$`);
const URIC = all(';/?:@&=+$,\\[\\]');
const PATH = all(':@&=+$,;/');
const REG_NAME = all('$,;:@&=+');
const USER_INFO = all(';:&=+$,');

const BYTE = '0*(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IP_V4 = new RegExp(`^(?=\\d)${BYTE}(?:\\.(?=\\d)${BYTE}){3}$`);

/** RFC 2373 with Java's grammar; a group is two bytes, a trailing IPv4 address four, sixteen in all. */
function isIpV6(text: string): boolean {
  const [address = '', scope] = text.split(/%(.*)/s);
  if (scope !== undefined && !/^[\w.]+$/.test(scope)) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  let bytes = 0;
  for (const half of halves) {
    if (half === '') continue;
    const groups = half.split(':');
    const isLast = half === halves.at(-1);
    for (const [index, group] of groups.entries()) {
      if (/^[\da-fA-F]{1,4}$/.test(group)) bytes += 2;
      else if (isLast && index === groups.length - 1 && IP_V4.test(group)) bytes += 4;
      else return false;
    }
  }
  return halves.length === 2 ? bytes < 16 : bytes === 16;
}

const BRACKETED_SERVER = /^(?:([^@]*)@)?\[(.+)\](?::(\d*))?$/s;
const MAX_INT = 2 ** 31 - 1;

/** Without brackets every registry name will do; with them it must be a well-formed IPv6 server. */
function isAuthority(authority: string): boolean {
  if (REG_NAME.test(authority)) return true;
  const [, userInfo = '', address = '', port = ''] = BRACKETED_SERVER.exec(authority) ?? [];
  return USER_INFO.test(userInfo) && isIpV6(address) && Number(port) <= MAX_INT;
}

const PARTS = /^(?:([^:/?#]*):)?([^#]*)(?:#(.*))?$/s;
const HIERARCHY = /^(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/s;

/**
 * `new java.net.URI(text)`.
 *
 * @returns the parts, or undefined where Java throws `URISyntaxException`
 */
export function parseUri(text: string): JavaUri | undefined {
  if (INVISIBLE.test(text)) return undefined;
  const [, scheme, body = '', fragment] = PARTS.exec(text) ?? [];
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z\d+.-]*$/.test(scheme)) return undefined;
  if (fragment !== undefined && !URIC.test(fragment)) return undefined;
  const named = { ...(scheme !== undefined && { scheme }), ...(fragment !== undefined && { fragment }) };
  if (scheme !== undefined && !body.startsWith('/')) return body !== '' && URIC.test(body) ? named : undefined;
  const [, authority, path = '', query = ''] = HIERARCHY.exec(body) ?? [];
  if (!PATH.test(path) || !URIC.test(query)) return undefined;
  if (authority === undefined) return named;
  // Java lets an authority be empty before a path, a query or a fragment, but not at the very end.
  if (authority === '') return body === '//' && fragment === undefined ? undefined : named;
  return isAuthority(authority) ? { ...named, authority } : undefined;
}

/** The protocols that the JDK has a handler for (`jar` asks for more, which is left to Keycloak). */
const PROTOCOLS = ['http', 'https', 'file', 'ftp', 'mailto', 'jar', 'jrt', 'jmod'];

/** What `java.net.URL` asks of the text after a host's colon: empty, or an `int` from -1 on. */
function isPort(port: string): boolean {
  return port === '' || (/^\+?\d+$|^-0*[01]$/.test(port) && Number(port) <= MAX_INT);
}

/** `URI.toURL`: absolute, a known protocol, and an authority whose port is a number. */
export function isUrl(uri: JavaUri): boolean {
  if (uri.scheme === undefined || !PROTOCOLS.includes(uri.scheme.toLowerCase())) return false;
  const [host = '', more, ...others] = (uri.authority ?? '').split('@').reverse();
  // More than one @ is "not server based": nothing more is checked.
  if (others.length > 0 || (more !== undefined && host === '')) return true;
  return isPort(/:(.*)$/s.exec(host.replace(/^\[.*\]/s, ''))?.[1] ?? '');
}
