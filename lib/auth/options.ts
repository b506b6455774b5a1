import 'server-only';
import { decodeJwt } from 'jose';
import type { CookieOption, NextAuthOptions } from 'next-auth';
import KeycloakProvider from 'next-auth/providers/keycloak';
import { z } from 'zod';
import { cookieOptions, hostCookie } from '@/lib/cookies';
import { env } from '@/lib/env';
import { realmUrl } from '@/lib/keycloak/public';
import { keyFor } from '@/lib/keys';
import { PREVIEW_ROLE } from '@/lib/preview-role';
import { tellArrival } from '@/lib/sign-up/arrival';
import { seal, unseal } from '@/lib/sign-up/seal';
import { settle } from '@/lib/sign-up/settle';
import { askForVerification } from '@/lib/sign-up/unverified';
import { audit } from '@/lib/telemetry/audit';
import { SESSION_COOKIE } from './session-cookie';
import { noteWayOut } from './way-out';

/** Where next-auth sends a visitor whose sign-in failed; the middleware adds the language. */
export const PROBLEM_PAGE = '/sign-in-problem';

/** How long the portal's own session lasts, in seconds: it only bridges the way to the product. */
export const SESSION_LIFETIME = 3_600;

/** How long Keycloak's sign-in may take, in seconds: `state`, `nonce` and PKCE's verifier are kept that long. */
const SIGN_IN_LIFETIME = 900;

let options: NextAuthOptions | undefined;

/**
 * next-auth's settings: authorization code flow with PKCE (RFC 7636, S256), state and nonce at the realm. The session is a
 * cookie, encrypted with a key of its own, and holds claims only. Of the tokens one is kept, apart: see `withWayOut`.
 */
export function authOptions(): NextAuthOptions {
  options ??= makeOptions();
  return options;
}

const idTokenClaims = z.object({
  sub: z.string(),
  given_name: z.string().optional(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});

const accessTokenClaims = z.object({
  resource_access: z.record(z.string(), z.object({ roles: z.array(z.string()).default([]) })).default({}),
});

/**
 * Whether an access token holds the role. Its signature isn't checked: it came straight from the token endpoint (OIDC Core
 * 3.1.3.7, 6).
 */
function holdsPreviewRole(accessToken: string | undefined): boolean {
  if (accessToken === undefined) return false;
  try {
    const claims = accessTokenClaims.safeParse(decodeJwt(accessToken));
    return claims.data?.resource_access[env().KEYCLOAK_CLIENT_ID]?.roles.includes(PREVIEW_ROLE) ?? false;
  } catch {
    // Not a JWT: then it says nothing.
    return false;
  }
}

/** One of next-auth's cookies, set as the portal's own are. */
function cookie(name: string, maxAge?: number): CookieOption {
  const { maxAge: _lifetime, ...options } = cookieOptions(0);
  return { name: hostCookie(name), options: maxAge === undefined ? options : { ...options, maxAge } };
}

/** What next-auth keeps in a cookie: claims, or one value of a sign-in under way. */
const sealedToken = z.looseObject({
  sub: z.string().exactOptional(),
  name: z.string().nullable().exactOptional(),
  email: z.string().nullable().exactOptional(),
  picture: z.string().nullable().exactOptional(),
});

/**
 * What next-auth's cookies are sealed for, like the portal's own, so that a change of the secret loses no session.
 * @param salt the cookie's name; none for the session's (`JWTEncodeParams`)
 */
const purposeOf = (salt: string | undefined) => `next-auth ${salt ?? ''}`;

function makeOptions(): NextAuthOptions {
  const { KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET } = env();
  return {
    secret: Buffer.from(keyFor('session')).toString('base64'),
    providers: [
      KeycloakProvider({
        clientId: KEYCLOAK_CLIENT_ID,
        clientSecret: KEYCLOAK_CLIENT_SECRET,
        issuer: realmUrl(),
        checks: ['pkce', 'state', 'nonce'],
        authorization: { params: { scope: 'openid profile email' } },
      }),
    ],
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME },
    jwt: {
      encode: ({ token = {}, maxAge = SESSION_LIFETIME, salt }) => seal(purposeOf(salt), token, maxAge),
      decode: async ({ token, salt }) => sealedToken.safeParse(await unseal(purposeOf(salt), token)).data ?? null,
    },
    cookies: {
      sessionToken: cookie(SESSION_COOKIE),
      callbackUrl: cookie('next-auth.callback-url'),
      csrfToken: cookie('next-auth.csrf-token'),
      pkceCodeVerifier: cookie('next-auth.pkce.code_verifier', SIGN_IN_LIFETIME),
      state: cookie('next-auth.state', SIGN_IN_LIFETIME),
      nonce: cookie('next-auth.nonce', SIGN_IN_LIFETIME),
    },
    pages: { error: PROBLEM_PAGE, signIn: PROBLEM_PAGE },
    callbacks: {
      signIn: async ({ profile }) => {
        const claims = idTokenClaims.safeParse(profile);
        if ((profile as { email_verified?: unknown } | undefined)?.email_verified === true) {
          if (claims.data) await tellArrival(claims.data.sub, await settle(claims.data.sub));
          return true;
        }
        audit('sign-in.unverified', { userId: claims.data?.sub });
        if (claims.data?.email) await askForVerification(claims.data.sub, claims.data.email);
        return `${PROBLEM_PAGE}?error=Unverified`;
      },
      jwt: ({ token, profile, account }) => {
        if (profile === undefined) return token;
        const { sub, given_name, name, preferred_username, email } = idTokenClaims.parse(profile);
        noteWayOut(account?.refresh_token);
        return {
          sub,
          name: given_name ?? name ?? preferred_username ?? null,
          email: email ?? null,
          mayPreview: holdsPreviewRole(account?.access_token),
        };
      },
      session: ({ session, token }) => ({
        ...session,
        sub: token.sub,
        mayPreview: token.mayPreview,
      }),
    },
    // next-auth's own logger prints errors whole, with what they carry.
    logger: {
      error: (code) => audit('sign-in.failed', { code }),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
