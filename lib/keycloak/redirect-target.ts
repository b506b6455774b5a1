import 'server-only';
import { processWide } from '@/lib/process-wide';
import { log, reason } from '@/lib/telemetry/log';
import { fetchFromKeycloak, realmUrl } from './public';

const KEEP_MS = 60_000;
const MOST_KEPT = 1_000;

function knownVerdicts(): Map<string, { readonly allowed: boolean; readonly until: number }> {
  return processWide('redirect-verdicts', () => new Map());
}

/** Has Keycloak judge every redirect URI anew, after a client may have changed. */
export function forgetRedirectVerdicts(): void {
  knownVerdicts().clear();
}

/**
 * Whether a redirect URI is one of a client's own. Keycloak is the judge: its authorization endpoint, asked with
 * `prompt=none`, redirects to a registered URI and refuses any other (OIDC Core 3.1.2.1, Keycloak `RedirectUtils`), so
 * there is no second allow-list that could drift, and no right to read clients is needed.
 * @param clientId OIDC `client_id`
 * @param redirectUri the address as it came in the query
 * @returns `unknown` when Keycloak can't be asked; the address must not be offered then
 */
export async function checkRedirectTarget(
  clientId: string,
  redirectUri: string,
): Promise<'allowed' | 'refused' | 'unknown'> {
  // Keycloak lets an operator register app schemes; a page of ours only ever links to the web.
  if (!URL.canParse(redirectUri) || !/^https?:$/.test(new URL(redirectUri).protocol)) return 'refused';
  const key = JSON.stringify([clientId, redirectUri]);
  const verdicts = knownVerdicts();
  const known = verdicts.get(key);
  if (known !== undefined && known.until > Date.now()) return known.allowed ? 'allowed' : 'refused';

  const url = new URL(`${realmUrl()}/protocol/openid-connect/auth`);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    prompt: 'none',
    state: 'vestibule',
  }).toString();
  try {
    const response = await fetchFromKeycloak(url, { redirect: 'manual' });
    await response.body?.cancel();
    if (response.status !== 302 && response.status !== 400) return 'unknown';
    const location = response.headers.get('location');
    const allowed = response.status === 302 && location !== null && sameTarget(location, redirectUri);
    if (verdicts.size >= MOST_KEPT) verdicts.clear();
    verdicts.set(key, { allowed, until: Date.now() + KEEP_MS });
    return allowed ? 'allowed' : 'refused';
  } catch (error) {
    log('warn', 'redirect-target.unchecked', { reason: reason(error) });
    return 'unknown';
  }
}

/** Keycloak adds its answer to the query or fragment; everything before must be what was asked for. */
function sameTarget(location: string, asked: string): boolean {
  const [to, from] = [new URL(location), new URL(asked)];
  return to.origin === from.origin && to.pathname === from.pathname;
}
