import { env } from '@/lib/env';
import { refusalWithout } from '@/lib/guards/bearer';
import { sweep } from '@/lib/sign-up/sweep';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * Removes sign-ups that nobody has confirmed, for a scheduler; without `?apply=true` it only counts them. The answer has
 * numbers and nothing about anybody. 404 where no `SWEEP_TOKEN` is set, 401 without that token, 503 when Keycloak can't be
 * asked.
 */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalWithout(env().SWEEP_TOKEN, request);
  if (refusal !== undefined) return refusal;
  const isDryRun = new URL(request.url).searchParams.get('apply') !== 'true';
  const result = await sweep(isDryRun);
  if (result.status === 'unavailable')
    return Response.json({ status: 'unavailable' }, { status: 503, headers: NO_STORE });
  return Response.json(result, { headers: NO_STORE });
}
