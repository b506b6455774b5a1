import type { FormValues } from '@/lib/profile/types';
import type { SignUpForm, SignUpRequest } from './form';

/** Longer values than these come from no real application. */
const LONGEST = { client_id: 255, redirect_uri: 2_048, scope: 1_024 } as const;

/**
 * The name of one of the form's own fields, which must not be one that an attribute can have: a dollar sign can't occur in
 * those (`UPConfigUtils`), while a realm may well ask for a `scope`.
 */
export function ownField(name: string): string {
  return `$${name}`;
}

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
  return { clientId: read('client_id'), redirectUri: read('redirect_uri'), scope: read('scope') };
}

/** `AuthorizationEndpointRequestParser`: Keycloak does not look at longer ones. */
const LONGEST_LOGIN_HINT = 255;

/**
 * Fills in what an application knows of the visitor, as Keycloak's page does (`RegistrationPage`): OIDC's `login_hint` is
 * the username, or the e-mail address where that is the username.
 * @param loginHint from the query; repeated or over-long ones count as absent
 */
export function valuesFromHint({ model }: SignUpForm, loginHint: unknown): FormValues {
  if (typeof loginHint !== 'string' || loginHint === '' || loginHint.length > LONGEST_LOGIN_HINT) return {};
  return { [model.emailAsUsername ? 'email' : 'username']: [loginHint] };
}

/** The same request as parameters again, for links to this page and for hidden fields ({@link ownField}). */
export function signUpParameters(request: SignUpRequest): Record<string, string> {
  const all = { client_id: request.clientId, redirect_uri: request.redirectUri, scope: request.scope };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
