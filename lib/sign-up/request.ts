import 'server-only';
import type { SignUpRequest } from './form';
import { seal, unseal } from './seal';

/** Longer values than these come from no real application. */
const LONGEST = { client_id: 255, redirect_uri: 1_800, scope: 1_024, state: 1_024, authorization: 4_000 } as const;

/**
 * What may be remembered of a request until the sign-in, in bytes. It shares one cookie with the address and the account's
 * id, and a browser drops a cookie of more than 4096 bytes (RFC 6265bis, 5.6) without a word.
 */
export const MOST_REMEMBERED = 1_800;

/** How long a page with an authorization request can be filled in, in seconds: as long as a sign-up is remembered. */
const LIFETIME = 43_200;

const PURPOSE = 'authorization-request';

/**
 * The name of one of the form's own fields, which must not be one that an attribute can have: a dollar sign can't occur in
 * those (`UPConfigUtils`), while a realm may well ask for a `scope`.
 */
export function ownField(name: string): string {
  return `$${name}`;
}

/** The parameters of the sign-up page that tell a request; everything else in its query is about the visitor. */
export const REQUEST_PARAMETERS: readonly string[] = Object.keys(LONGEST);

type Source = (name: keyof typeof LONGEST) => unknown;

/**
 * Reads who sent the visitor: `client_id`, `redirect_uri`, `scope` and `state`, as OIDC names them, and `authorization`, a
 * whole authorization request that the portal has sealed before (`drop-in.ts`).
 * @param source finds a parameter in the query or in the posted form; repeated or over-long ones count as absent, and so
 *   does where to go on to when all of it is more than can be remembered
 */
export async function readSignUpRequest(source: Source): Promise<SignUpRequest> {
  const read = (name: keyof typeof LONGEST) => {
    const value = source(name);
    return typeof value === 'string' && value !== '' && value.length <= LONGEST[name] ? value : undefined;
  };
  // Everything has its key, so that a newer request leaves nothing of an older one where it takes that one's place.
  const who = {
    clientId: read('client_id'),
    scope: read('scope'),
    redirectUri: undefined,
    state: undefined,
    authorization: undefined,
  };
  const authorization = await openAuthorization(read('authorization'));
  // The one judged request says where to go on to; a second word about it beside would be anyone's.
  if (authorization !== undefined) return { ...who, authorization };
  const request = { ...who, redirectUri: read('redirect_uri'), state: read('state') };
  return canBeRemembered(request) ? request : who;
}

async function openAuthorization(sealed: string | undefined): Promise<string | undefined> {
  const opened = await unseal(PURPOSE, sealed);
  const query = typeof opened === 'object' && opened !== null && 'query' in opened ? opened.query : undefined;
  return typeof query === 'string' ? query : undefined;
}

/** Whether a request is short enough to be remembered whole. */
export function canBeRemembered(request: SignUpRequest): boolean {
  return Buffer.byteLength(JSON.stringify(request)) <= MOST_REMEMBERED;
}

/** The same request as parameters again, for links to this page and for hidden fields ({@link ownField}). */
export async function signUpParameters(request: SignUpRequest): Promise<Record<string, string>> {
  const { authorization } = request;
  const all = {
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: request.state,
    authorization: authorization === undefined ? undefined : await seal(PURPOSE, { query: authorization }, LIFETIME),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Where a visitor goes on to: the redirect URI, with the `state` that came along (RFC 6749, 4.1.2).
 * @param redirectUri an absolute address that Keycloak allows
 */
export function returnAddress(redirectUri: string, state: string | undefined): string {
  if (state === undefined) return redirectUri;
  const url = new URL(redirectUri);
  url.search += `${url.search === '' ? '?' : '&'}state=${encodeURIComponent(state)}`;
  return url.href;
}
