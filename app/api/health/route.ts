import { connection } from 'next/server';
import { realmSnapshot } from '@/lib/keycloak/snapshot';

/**
 * Liveness and, with `?ready`, readiness: 503 until the realm has been read once. A Keycloak that goes away later does not
 * make the portal unready: its pages still serve, and say so.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const ready = !new URL(request.url).searchParams.has('ready') || (await realmSnapshot()) !== undefined;
  return Response.json(
    { status: ready ? 'ok' : 'realm not read yet' },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
