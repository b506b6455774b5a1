import type { SignUpRequest } from './form';

/** Longer values than these come from no real application. */
const LONGEST = { client_id: 255, redirect_uri: 2_048, scope: 1_024 } as const;

type Source = (name: keyof typeof LONGEST) => unknown;

/**
 * Reads who sent the visitor: `client_id`, `redirect_uri` and `scope`, as OIDC names them.
 * @param source finds a parameter in the query or in the posted form; repeated or over-long ones count as absent
 */
export function readSignUpRequest(source: Source): SignUpRequest {
  const read = (name: keyof typeof LONGEST) => {
    const value = source(name);
    return typeof value === 'string' && value !== '' && value.length <= LONGEST[name] ? value : undefined;
  };
  const [clientId, redirectUri, scope] = [read('client_id'), read('redirect_uri'), read('scope')];
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...(scope === undefined ? {} : { scope }),
  };
}

/** The same request as parameters again, for hidden fields and for links to this page. */
export function signUpParameters(request: SignUpRequest): Record<string, string> {
  return {
    ...(request.clientId === undefined ? {} : { client_id: request.clientId }),
    ...(request.redirectUri === undefined ? {} : { redirect_uri: request.redirectUri }),
    ...(request.scope === undefined ? {} : { scope: request.scope }),
  };
}
