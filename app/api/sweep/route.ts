import { env } from '@/lib/env';
import { carriesToken } from '@/lib/guards/bearer';
import { sweep } from '@/lib/sign-up/sweep';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * Removes sign-ups that nobody has confirmed, for a scheduler; without `?apply=true` it only counts them. The answer has
 * numbers and nothing about anybody. 404 where no `SWEEP_TOKEN` is set, 401 without that token, 503 when Keycloak can't be
 * asked.
 */
export async function POST(request: Request): Promise<Response> {
  const { SWEEP_TOKEN } = env();
  if (SWEEP_TOKEN === undefined) return new Response(null, { status: 404, headers: NO_STORE });
  if (!carriesToken(request.headers.get('authorization'), SWEEP_TOKEN))
    return new Response(null, { status: 401, headers: { ...NO_STORE, 'www-authenticate': 'Bearer' } });
  const isDryRun = new URL(request.url).searchParams.get('apply') !== 'true';
  const result = await sweep(isDryRun);
  if (result.status === 'unavailable')
    return Response.json({ status: 'unavailable' }, { status: 503, headers: NO_STORE });
  return Response.json(result, { headers: NO_STORE });
}
