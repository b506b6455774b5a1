import 'server-only';
import { env } from '@/lib/env';
import { authorizationUrl, judgeAuthorization, withPrompt } from '@/lib/keycloak/authorization';
import { realmUrl } from '@/lib/keycloak/public';
import { checkRedirectTarget } from '@/lib/keycloak/redirect-target';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import type { FormModel } from '@/lib/profile/types';
import { log } from '@/lib/telemetry/log';
import { type SignUpRequest, signUpForm } from './form';
import { LOGIN_HINT, prefillParameter, valuesFromRequest } from './prefill';
import { canBeRemembered, MOST_REMEMBERED, signUpParameters } from './request';

/** The two paths of Keycloak that lead to its own sign-up (`OIDCLoginProtocolService`). */
export type Endpoint = 'registrations' | 'auth';

/** Parameters that mean something to Keycloak, whatever attributes a realm has (`AuthzEndpointRequestParser`). */
const PROTOCOL: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'prompt',
  'max_age',
  'display',
  'claims',
  'acr_values',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
  'ui_locales',
  'kc_locale',
  'kc_idp_hint',
  'kc_action',
]);

/**
 * Takes an authorization request in place of Keycloak's registration page.
 * @param endpoint the path that it came to: `registrations` always asks to sign up, `auth` only with exactly
 *   `prompt=create` (Initiating User Registration via OpenID Connect 1.0; `AuthorizationEndpoint`)
 * @param parameters the request as it came; anyone's word
 * @param referrer the page that it came from, if that is told
 * @returns where the visitor goes: to the sign-up page; to Keycloak with whatever isn't a sign-up, or is faulty; or back to
 *   the application with an error, where the address is proven to be its own
 */
export async function receiveAuthorization(
  endpoint: Endpoint,
  parameters: URLSearchParams,
  referrer: string | null,
): Promise<string> {
  if (endpoint === 'auth' && String(parameters.getAll('prompt')) !== 'create') return authorizationUrl(parameters);
  const asked = isLinkOfLoginPage(parameters) ? requestOfLoginPage(parameters, referrer) : parameters;
  const who = { clientId: parameters.get('client_id') ?? undefined, scope: asked?.get('scope') ?? undefined };
  const snapshot = await realmSnapshot();
  const model = snapshot && signUpForm(snapshot, who).model;
  if (asked === undefined) return signUpAddress(who, parameters, model);

  for (const name of ['request', 'request_uri'])
    if (asked.has(name)) return refusal(asked, `${name}_not_supported`, `Signing up takes no ${name}`);
  const kept = withoutVisitor(asked, model);
  const request = { ...who, authorization: withPrompt(kept, undefined).toString() };
  if (!canBeRemembered(request))
    return refusal(asked, 'invalid_request', `The request is longer than ${MOST_REMEMBERED} bytes`);
  // Where Keycloak can't be asked the form says so, and in the end Keycloak judges the request once more.
  if ((await judgeAuthorization(kept)) === 'faulty') return authorizationUrl(withPrompt(asked, 'none'));
  return signUpAddress(request, asked, model);
}

/** The link on Keycloak's login page names the client alone; an application's own request has more (OIDC Core 3.1.2.1). */
function isLinkOfLoginPage(parameters: URLSearchParams): boolean {
  return !parameters.has('response_type') && !parameters.has('redirect_uri') && !parameters.has('request_uri');
}

/** The request that Keycloak's login page stands for: its own address, where the link told it and no script could. */
function requestOfLoginPage(link: URLSearchParams, referrer: string | null): URLSearchParams | undefined {
  if (referrer === null || !URL.canParse(referrer)) return undefined;
  const { origin, pathname, searchParams } = new URL(referrer);
  if (`${origin}${pathname}` !== `${realmUrl()}/protocol/openid-connect/auth`) return undefined;
  return searchParams.get('client_id') === link.get('client_id') && !isLinkOfLoginPage(searchParams)
    ? searchParams
    : undefined;
}

/** Who the application takes the visitor for; whoever signs up may well be somebody else. */
const HINTS: readonly string[] = [LOGIN_HINT, 'id_token_hint'];

/** What is left for Keycloak: neither values for the form, which are none of its business, nor hints. */
function withoutVisitor(asked: URLSearchParams, model: FormModel | undefined): URLSearchParams {
  const fields = new Set(model?.groups.flatMap((group) => group.fields.map(({ name }) => name)));
  const isKept = (name: string) => PROTOCOL.has(name) || !(HINTS.includes(name) || fields.has(name));
  return new URLSearchParams([...asked].filter(([name]) => isKept(name)));
}

async function signUpAddress(
  request: SignUpRequest,
  asked: URLSearchParams,
  model: FormModel | undefined,
): Promise<string> {
  const about = [...asked].filter(([name]) => !PROTOCOL.has(name));
  const locales = [asked.get('kc_locale'), asked.get('ui_locales')].filter(Boolean).join(' ');
  const query = new URLSearchParams({
    ...(await signUpParameters(request)),
    ...(model === undefined ? {} : await prefillParameter(valuesFromRequest(model, about))),
    ...(locales === '' ? {} : { ui_locales: locales }),
  });
  return `${env().PORTAL_URL}/sign-up?${query}`;
}

/**
 * Says no to a request that Keycloak itself might take (OIDC Core 3.1.2.6): to the application, if the address is proven to
 * be its own; else Keycloak says what it has to say.
 */
async function refusal(asked: URLSearchParams, error: string, description: string): Promise<string> {
  log('warn', 'authorization.refused', { error });
  const [clientId, redirectUri, state] = ['client_id', 'redirect_uri', 'state'].map((name) => asked.get(name));
  const isProven = clientId && redirectUri && (await checkRedirectTarget(clientId, redirectUri)) === 'allowed';
  if (!isProven) return authorizationUrl(withPrompt(asked, undefined));
  const answer = new URLSearchParams({
    error,
    error_description: description,
    ...(state ? { state } : {}),
    iss: realmUrl(),
  });
  const isFragment = asked.get('response_mode') === 'fragment' || asked.get('response_type')?.includes('token');
  const target = new URL(redirectUri);
  if (isFragment) target.hash = String(answer);
  else target.search += `${target.search === '' ? '?' : '&'}${answer}`;
  return target.href;
}
