import { type NextRequest, NextResponse } from 'next/server';
import { env } from '@/lib/env';
import { isFromOwnPage } from '@/lib/guards/own-page';
import { authorizationUrl } from '@/lib/keycloak/authorization';
import { readPendingSignUp, writePendingSignUp } from '@/lib/sign-up/pending';

/**
 * Hands a visitor who has signed in over to the application that sent them with an authorization request: Keycloak answers
 * it with a code at once, since the visitor has a session there. Once: a code challenge and a state are for one answer. The
 * address is Keycloak's, and the request its own to judge, so there is nowhere else that this could lead.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const pending = await readPendingSignUp();
  const isAsked = pending?.authorization !== undefined && isFromOwnPage(request.headers, env().PORTAL_URL);
  const target = isAsked ? authorizationUrl(new URLSearchParams(pending.authorization)) : `${env().PORTAL_URL}/welcome`;
  if (isAsked) await writePendingSignUp({ ...pending, authorization: undefined });
  return NextResponse.redirect(target, {
    status: 303,
    headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}
