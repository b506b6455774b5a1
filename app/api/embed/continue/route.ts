import { randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { beginSignIn } from '@/lib/auth/session';
import { env } from '@/lib/env';
import { isFromOwnPage } from '@/lib/guards/own-page';
import { localeOf } from '@/lib/i18n/locales';
import { openPendingSignUp, type PendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';
import { readSignUpRequest } from '@/lib/sign-up/request';

/** More than a sealed sign-up and the parameters of a request ever are, in bytes. */
const LONGEST_BODY = 16_384;

const NO_STORE = { 'cache-control': 'no-store' };

/** The sign-up that the frame remembers, or a new one of nobody's for whoever signs in instead. */
async function signUpOf(form: URLSearchParams): Promise<PendingSignUp | undefined> {
  if (form.has('pending')) return openPendingSignUp(form.get('pending'));
  const request = await readSignUpRequest((name) => form.get(name));
  return { ...request, userId: randomUUID(), own: 0, mail: 'sent', actions: [] };
}

/**
 * Takes a visitor from a page in a frame to Keycloak's sign-in, in the whole window. What the frame remembered becomes a
 * cookie here, where the portal is the page's own site. Posted by our own page alone: nobody else can put a sign-up of
 * theirs into somebody's browser. In the body and not in the address, so that it stays out of histories and logs.
 */
export async function POST(request: NextRequest): Promise<Response> {
  if (!isFromOwnPage(request.headers, env().PORTAL_URL)) return new Response(null, { status: 403, headers: NO_STORE });
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= LONGEST_BODY)) return new Response(null, { status: 413, headers: NO_STORE });
  const form = new URLSearchParams(await request.text());
  const locale = localeOf(form.get('locale'));
  const goTo = (target: string) =>
    NextResponse.redirect(new URL(target, env().PORTAL_URL), {
      status: 303,
      headers: { ...NO_STORE, 'referrer-policy': 'no-referrer' },
    });
  const pending = await signUpOf(form);
  if (pending === undefined) return goTo(`/${locale}/sign-up/verified`);
  await writePendingSignUp(pending);
  return goTo(
    (await beginSignIn(locale, { loginHint: pending.email })) ?? `/${locale}/sign-in-problem?error=Unavailable`,
  );
}
