import { env } from '@/lib/env';
import { carriesToken } from '@/lib/guards/bearer';
import { metrics } from '@/lib/telemetry/metrics';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * The metrics of this process, for Prometheus (text format). 404 where no `METRICS_TOKEN` is set, 401 without that token.
 */
export async function GET(request: Request): Promise<Response> {
  const { METRICS_TOKEN } = env();
  if (METRICS_TOKEN === undefined) return new Response(null, { status: 404, headers: NO_STORE });
  if (!carriesToken(request.headers.get('authorization'), METRICS_TOKEN))
    return new Response(null, { status: 401, headers: { ...NO_STORE, 'www-authenticate': 'Bearer' } });
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { ...NO_STORE, 'content-type': registry.contentType } });
}
