import { env } from '@/lib/env';
import { refusalWithout } from '@/lib/guards/bearer';
import { metrics } from '@/lib/telemetry/metrics';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * The metrics of this process, for Prometheus (text format). 404 where no `METRICS_TOKEN` is set, 401 without that token.
 */
export async function GET(request: Request): Promise<Response> {
  const refusal = refusalWithout(env().METRICS_TOKEN, request);
  if (refusal !== undefined) return refusal;
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { ...NO_STORE, 'content-type': registry.contentType } });
}
