import { headers } from 'next/headers';
import { signedIn } from '@/lib/auth/session';
import { env } from '@/lib/env';
import { clientAddress, throttleKey } from '@/lib/guards/client-address';
import { throttle } from '@/lib/guards/throttle';
import { openPendingSignUp, readPendingSignUp } from '@/lib/sign-up/pending';
import { signUpStatus } from '@/lib/sign-up/status';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * How far the sign-up of this browser has come, for the page that waits: `pending`, `confirmed`, `verified` or `gone`
 * (`SignUpStatus`), or `signed-in` once another tab has finished it. Nothing but the sealed cookie says whose it is; in a
 * frame, which may have no cookie, the same sealed in the header `x-sign-up`. 429 with `Retry-After` over the limits, 503 when
 * Keycloak can't be asked.
 */
export async function GET(): Promise<Response> {
  const sealed = (await headers()).get('x-sign-up');
  const pending = sealed === null ? await readPendingSignUp() : await openPendingSignUp(sealed);
  if (pending?.email === undefined) return Response.json({ status: 'gone' }, { headers: NO_STORE });
  const address = clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
  for (const [policy, key] of [
    ['status', pending.userId],
    ['status-address', throttleKey(address)],
  ] as const) {
    const passage = await throttle(policy, key);
    if (!passage.passed)
      return new Response(null, { status: 429, headers: { ...NO_STORE, 'retry-after': String(passage.retryAfter) } });
  }
  const person = sealed === null ? await signedIn() : undefined;
  if (person?.email.toLowerCase() === pending.email.toLowerCase())
    return Response.json({ status: 'signed-in' }, { headers: NO_STORE });
  const status = await signUpStatus(pending);
  if (status === undefined) return new Response(null, { status: 503, headers: NO_STORE });
  return Response.json({ status }, { headers: NO_STORE });
}
