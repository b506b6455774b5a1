import 'server-only';
import { setImmediate } from 'node:timers/promises';
import { whileAnswering } from '@/lib/answering';
import { settingsFor } from '@/lib/brand/config';
import { cookieIn } from '@/lib/cookies';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/guards/client-address';
import { isFromElsewhere } from '@/lib/guards/own-page';
import { formOfCall, isForeign, LONGEST_POST } from '@/lib/guards/posts';
import { afterAnswer, answerFirst, type Exchange, peekBody } from '@/lib/http-server';
import { INTENT_FIELD } from '@/lib/i18n/language-intent';
import { isLocale, type Locale } from '@/lib/i18n/locales';
import { freshNonce } from '@/lib/page-templates/marks';
import { REQUEST_ID } from '@/lib/requests';
import { securityHeaders } from '@/lib/security-headers';
import { clientOfPage } from '@/lib/sign-up/page-client';
import { pendingSignUpCookie, pendingSignUpIn } from '@/lib/sign-up/pending';
import { type SignUpResult, signUp } from '@/lib/sign-up/sign-up';
import { readSubmission } from '@/lib/sign-up/submission';
import { isTraced } from '@/lib/telemetry/tracing';
import { addressDigest } from '@/lib/telemetry/visitor';
import { isOfForm, leaveResult } from './known';
import { ANSWER_TYPE, answerWith, formIn, onwards } from './wire';

const SIGN_UP = /^\/([^/?]+)\/sign-up(?:\?.*)?$/;

/** A call that is worth a look. */
interface Call extends Exchange {
  readonly locale: Locale;
  readonly page: URL;
  readonly headers: Headers;
  readonly length: number;
}

/**
 * Answers for Next where a script has called the form's action and a sign-up came of it: Next's own way to the action and back
 * costs several times the sign-up. Whatever is to be said to the visitor, Next says, in the action as before, with the result
 * that there is; and so does it with whatever is no plain call of a page of ours. To be called once, when the server starts.
 */
export function serveFormCalls(): void {
  answerFirst((exchange) => {
    const call = callIn(exchange);
    return call !== undefined && answer(call);
  });
}

function callIn(exchange: Exchange): Call | undefined {
  const { method, url = '', headers: given } = exchange.request;
  if (method !== 'POST' || !isOfForm(given['next-action']?.toString())) return undefined;
  const [, locale] = SIGN_UP.exec(url) ?? [];
  const length = Number(given['content-length']);
  // Spans are drawn by Next.
  if (!isLocale(locale) || !(length > 0 && length <= LONGEST_POST) || isTraced()) return undefined;
  const headers = new Headers(Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]));
  const { PORTAL_URL } = env();
  if (isForeign(headers) || isFromElsewhere(headers, PORTAL_URL)) return undefined;
  return { ...exchange, locale, page: new URL(url, PORTAL_URL), headers, length };
}

async function answer(call: Call): Promise<boolean> {
  const { request, headers, length } = call;
  const body = await peekBody(request, length);
  const posted = body && (await formOfCall(body, headers.get('content-type') ?? ''));
  const form = posted && formIn(posted);
  if (form !== undefined && !form.has(INTENT_FIELD) && (await made(call, form))) return true;
  // The body is whole again for Next once the stream has noticed that nobody reads it.
  await setImmediate();
  return false;
}

/** @returns whether all that had to be said has been said */
async function made(call: Call, form: FormData): Promise<boolean> {
  const { response, locale, page, headers } = call;
  const cookies = { get: (name: string) => cookieIn(headers.get('cookie') ?? '', name) };
  const address = clientAddress(headers.get('x-forwarded-for'), env().TRUSTED_PROXIES);
  const requestId = headers.get(REQUEST_ID) ?? '';
  const [pending, clientId] = await Promise.all([pendingSignUpIn(cookies), clientOfPage({ nextUrl: page, cookies })]);
  const result = await whileAnswering(
    {
      visitor: { requestId, address: addressDigest(address), locale, clientId },
      after: (work) => afterAnswer(call, work),
    },
    async () => signUp(await readSubmission(form, { place: 'page', locale, clientAddress: address, pending })),
  );
  // Nobody waits for an answer any more, and Next would make the sign-up once more.
  if (response.closed) return true;
  // Also for one that is accepted: should its answer fail, Next has it to give.
  response.once('close', leaveResult(requestId, result));
  if (result.status !== 'accepted') return false;
  await send(call, result, clientId);
  return true;
}

async function send(
  { response, locale }: Call,
  { pending }: Extract<SignUpResult, { status: 'accepted' }>,
  clientId: string | undefined,
): Promise<void> {
  const body = Buffer.from(answerWith(onwards(locale)));
  response.writeHead(200, {
    ...securityHeaders(freshNonce(), settingsFor(clientId), []),
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
    'content-type': ANSWER_TYPE,
    'content-length': body.length,
    'set-cookie': await pendingSignUpCookie(pending),
  });
  response.end(body);
}
