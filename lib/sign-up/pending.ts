import 'server-only';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';
import { cookieHeader, cookieOptions, hostCookie } from '@/lib/cookies';
import { REQUEST_ID, setCookieOnAnswer } from '@/lib/requests';
import { seal, unseal } from './seal';

/** As long as Keycloak's link lives by default (`actionTokenGeneratedByAdminLifespan`, 12 h), in seconds. */
const LIFETIME = 43_200;

const pendingSignUp = z.object({
  /** Keycloak's id of the account; a made-up one of the same shape when the address was somebody's before. */
  userId: z.string(),
  /** 1 where the account is this visitor's own. Of one width, so that the sealed cookie's length tells nothing. */
  own: z.union([z.literal(0), z.literal(1)]),
  /** Absent when the visitor only came to sign in. */
  email: z.string().optional(),
  mail: z.enum(['sent', 'failed']),
  clientId: z.string().optional(),
  redirectUri: z.string().optional(),
  scope: z.string().optional(),
  state: z.string().optional(),
  /** See `SignUpRequest`. */
  authorization: z.string().optional(),
  /** What the link asks for besides the address: see `accountActions`. */
  actions: z.array(z.string()).readonly().default([]),
});

/** What the portal remembers between submit and sign-in. It lives in the visitor's browser, sealed. */
export type PendingSignUp = z.output<typeof pendingSignUp>;

const cookieName = () => hostCookie('vestibule-pending');
const PURPOSE = 'pending-sign-up';

/**
 * Opens what {@link sealPendingSignUp} made.
 * @param sealed anyone's word
 * @returns undefined for anything forged or too old
 */
export async function openPendingSignUp(sealed: unknown): Promise<PendingSignUp | undefined> {
  const parsed = pendingSignUp.safeParse(await unseal(PURPOSE, typeof sealed === 'string' ? sealed : undefined));
  return parsed.success ? parsed.data : undefined;
}

/** Seals a sign-up for whoever must remember it: a cookie, or a page in a frame, where there may be none. */
export function sealPendingSignUp(pending: PendingSignUp): Promise<string> {
  return seal(PURPOSE, pending, LIFETIME);
}

/** What holds cookies: those of a request, or `cookies()` of Next. */
export interface CookieJar {
  get(name: string): { readonly value: string } | undefined;
}

/**
 * The sign-up that a browser began, if it did and not too long ago.
 * @param jar the browser's cookies
 */
export async function pendingSignUpIn(jar: CookieJar): Promise<PendingSignUp | undefined> {
  return openPendingSignUp(jar.get(cookieName())?.value);
}

/** The sign-up that this browser began, if it did and not too long ago. */
export async function readPendingSignUp(): Promise<PendingSignUp | undefined> {
  return pendingSignUpIn(await cookies());
}

/**
 * Remembers a sign-up in this browser; only in a server action or a route handler.
 * @param pending the whole new state
 */
export async function writePendingSignUp(pending: PendingSignUp): Promise<void> {
  const store = await cookies();
  store.set(cookieName(), await sealPendingSignUp(pending), cookieOptions(LIFETIME));
}

/** The `Set-Cookie` header that remembers a sign-up. */
export async function pendingSignUpCookie(pending: PendingSignUp): Promise<string> {
  return cookieHeader(cookieName(), await sealPendingSignUp(pending), LIFETIME);
}

/** The pair of a `Cookie` header by which a browser remembers a sign-up. */
export async function pendingSignUpPair(pending: PendingSignUp): Promise<string> {
  return `${cookieName()}=${await sealPendingSignUp(pending)}`;
}

/**
 * Remembers a sign-up for a script that has called a server action, without its page being rendered anew.
 * @param pending the whole new state
 */
export async function writePendingSignUpAside(pending: PendingSignUp): Promise<void> {
  const isSet = setCookieOnAnswer((await headers()).get(REQUEST_ID), await pendingSignUpCookie(pending));
  if (!isSet) await writePendingSignUp(pending);
}

/** Forgets it; only in a server action or a route handler. */
export async function forgetPendingSignUp(): Promise<void> {
  const store = await cookies();
  store.set(cookieName(), '', cookieOptions(0));
}
