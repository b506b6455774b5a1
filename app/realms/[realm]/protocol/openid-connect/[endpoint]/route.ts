import { type NextRequest, NextResponse } from 'next/server';
import { env } from '@/lib/env';
import { type Endpoint, receiveAuthorization } from '@/lib/sign-up/drop-in';

interface Context {
  readonly params: Promise<{ readonly realm: string; readonly endpoint: string }>;
}

/** More than any authorization request that fits into an address, in bytes. */
const LONGEST_BODY = 16_384;

const NO_STORE = { 'cache-control': 'no-store' };

const isEndpoint = (name: string): name is Endpoint => name === 'registrations' || name === 'auth';

/** Sends the visitor on; the address that they came by stays out of every referrer and cache. */
async function receive(parameters: URLSearchParams, request: NextRequest, { params }: Context): Promise<Response> {
  const { realm, endpoint } = await params;
  if (realm !== env().KEYCLOAK_REALM || !isEndpoint(endpoint))
    return new Response(null, { status: 404, headers: NO_STORE });
  const target = await receiveAuthorization(endpoint, parameters, request.headers.get('referer'));
  return NextResponse.redirect(target, {
    status: 303,
    headers: { ...NO_STORE, 'referrer-policy': 'no-referrer' },
  });
}

/** An authorization request in place of Keycloak's registration page, at Keycloak's own path. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return receive(request.nextUrl.searchParams, request, context);
}

/** The same, posted (OIDC Core 3.1.2.1): as at Keycloak, a query beside it counts for nothing. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= LONGEST_BODY)) return new Response(null, { status: 413, headers: NO_STORE });
  return receive(new URLSearchParams(await request.text()), request, context);
}
