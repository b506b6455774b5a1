import * as oidc from 'openid-client';

/**
 * Where an application sends people who want to sign up. All else of its sign-in stays as it is: the request, its state,
 * nonce and code challenge, and the callback that takes the code.
 * @param config what the library has found out about the realm
 * @param portal address of the portal
 * @param request what the application asks for in any authorization request
 */
export function signUpUrl(config: oidc.Configuration, portal: string, request: Record<string, string>): URL {
  const { pathname, search } = oidc.buildAuthorizationUrl(config, request);
  return new URL(pathname.replace(/\/auth$/, '/registrations') + search, portal);
}
