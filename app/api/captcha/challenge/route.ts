import { headers } from 'next/headers';
import { env } from '@/lib/env';
import { isInUse } from '@/lib/guards/captcha/captcha';
import { newWork } from '@/lib/guards/captcha/proof-of-work';
import { clientAddress, throttleKey } from '@/lib/guards/client-address';
import { throttle } from '@/lib/guards/throttle';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * Work for the browser of somebody who has started on the form (`Work`). 404 where no form has the proof of work, 429 with
 * `Retry-After` over the limit of an address.
 */
export async function GET(): Promise<Response> {
  if (!isInUse('proof-of-work')) return new Response(null, { status: 404, headers: NO_STORE });
  const address = clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
  const passage = await throttle('captcha-challenges', throttleKey(address));
  if (!passage.passed)
    return new Response(null, { status: 429, headers: { ...NO_STORE, 'retry-after': String(passage.retryAfter) } });
  return Response.json(await newWork(), { headers: NO_STORE });
}
