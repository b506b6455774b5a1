import { env } from '@/lib/env';
import { refusalWithout } from '@/lib/guards/bearer';
import { refreshRealm } from '@/lib/keycloak/refresh';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * Has this instance read its realm anew before it answers. The answer says whether that went well and nothing about the
 * realm. 404 where no `REFRESH_TOKEN` is set, 401 without that token, 503 when the last good snapshot serves on.
 */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalWithout(env().REFRESH_TOKEN, request);
  if (refusal !== undefined) return refusal;
  const isRead = await refreshRealm();
  return Response.json(
    { status: isRead ? 'refreshed' : 'unreadable' },
    { status: isRead ? 200 : 503, headers: NO_STORE },
  );
}
