import 'server-only';
import { log, reason } from '@/lib/telemetry/log';
import { fetchFromKeycloak, realmUrl } from './public';

const PROMPT = 'prompt';

/** What Keycloak says of a valid request that may not ask the visitor anything (OIDC Core 3.1.2.6). */
const NEEDS_VISITOR = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

/**
 * The address at which Keycloak answers an authorization request (OIDC Core 3.1.2.1).
 * @param parameters all of the request, in its order
 */
export function authorizationUrl(parameters: URLSearchParams): string {
  return `${realmUrl()}/protocol/openid-connect/auth?${parameters}`;
}

/**
 * The same request with another `prompt`. Repeated ones stay: Keycloak refuses a request with a repeated parameter, and it is
 * Keycloak's to say so.
 * @param prompt undefined for none
 */
export function withPrompt(parameters: URLSearchParams, prompt: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(parameters);
  if (changed.getAll(PROMPT).length > 1) return changed;
  if (prompt === undefined) changed.delete(PROMPT);
  else changed.set(PROMPT, prompt);
  return changed;
}

/** A redirect can be read, a page that posts itself, or a signed answer, can't. */
function readable(parameters: URLSearchParams): URLSearchParams {
  const mode = parameters.get('response_mode') ?? '';
  if (mode !== 'form_post' && !mode.endsWith('jwt')) return parameters;
  const changed = new URLSearchParams(parameters);
  const isHybrid = (parameters.get('response_type') ?? '').includes('token');
  changed.set('response_mode', isHybrid ? 'fragment' : 'query');
  return changed;
}

/**
 * Has Keycloak judge an authorization request, in all its parts: client, redirect URI, response type, scope, PKCE, repeated
 * parameters. It is asked with `prompt=none`, which must not show anything: it answers a valid request with
 * `login_required` at the redirect URI, a faulty one with that fault, and one without a proven redirect URI with a page.
 * @param parameters the request; no `request_uri`, which Keycloak takes but once
 * @returns `faulty` where Keycloak has an answer of its own, for the application or for the visitor; `unknown` when it can't
 *   be asked
 */
export async function judgeAuthorization(parameters: URLSearchParams): Promise<'valid' | 'faulty' | 'unknown'> {
  try {
    const asked = authorizationUrl(readable(withPrompt(parameters, 'none')));
    const response = await fetchFromKeycloak(asked, { redirect: 'manual' });
    await response.body?.cancel();
    if (response.status >= 500 || response.status === 429) return 'unknown';
    if (response.status !== 302) return 'faulty';
    const { search, hash } = new URL(response.headers.get('location') ?? '/', realmUrl());
    const error = new URLSearchParams(search).get('error') ?? new URLSearchParams(hash.slice(1)).get('error');
    // Without an error it is on its way to the realm's default identity provider.
    return error === null || NEEDS_VISITOR.includes(error) ? 'valid' : 'faulty';
  } catch (error) {
    log('warn', 'authorization.unjudged', { reason: reason(error) });
    return 'unknown';
  }
}
