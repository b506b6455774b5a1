import { connection } from 'next/server';
import { isRealmReadable, realmSnapshot } from '@/lib/keycloak/snapshot';
import { isLost } from '@/lib/resilience/policy';

const NO_STORE = { 'cache-control': 'no-store' };

/** What the portal can do just now. */
async function readiness(): Promise<'ok' | 'realm not read yet' | 'Keycloak is away'> {
  if ((await realmSnapshot()) === undefined) return 'realm not read yet';
  return isRealmReadable() && !isLost('keycloak') ? 'ok' : 'Keycloak is away';
}

/**
 * Liveness, which no other server's trouble changes; with `?ready`, readiness to make accounts: 503 while Keycloak is away; with
 * `?ready=pages`, readiness to serve pages: 503 only until the realm has been read, or found in the cache, once. Where all
 * instances share one Keycloak, the second is the one for a load balancer: its pages still serve, and say so.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const asked = new URL(request.url).searchParams.get('ready');
  if (asked === null) return Response.json({ status: 'ok' }, { headers: NO_STORE });
  const status = await readiness();
  const isReady = status === 'ok' || (asked === 'pages' && status === 'Keycloak is away');
  return Response.json({ status }, { status: isReady ? 200 : 503, headers: NO_STORE });
}
