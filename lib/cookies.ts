import 'server-only';
import { NextResponse } from 'next/server';
import { env } from '@/lib/env';

const isHttps = () => env().PORTAL_URL.startsWith('https:');

/**
 * How the cookies that hold something are set: not for scripts, not for other sites, and only over https where the portal is
 * there (ASVS 3.3). A cookie with a `__Host-` name is only taken, and only removed, with these.
 * @param maxAge seconds; 0 removes the cookie
 */
export function cookieOptions(maxAge: number) {
  return {
    httpOnly: true,
    secure: isHttps(),
    sameSite: 'lax',
    path: '/',
    maxAge,
  } as const;
}

/**
 * A cookie in the header that a browser sends, where none of Next's own readers is at hand.
 * @param header `Cookie` (RFC 6265, 4.2)
 * @returns the last of that name, as Next takes it; undefined where there is none
 */
export function cookieIn(header: string, name: string): { readonly value: string } | undefined {
  const values = header.split(';').flatMap((pair) => {
    const [key = '', value = ''] = pair.split('=', 2);
    return key.trim() === name ? [value.trim()] : [];
  });
  const value = values.at(-1);
  return value === undefined ? undefined : { value };
}

/**
 * The `Set-Cookie` header of a cookie, where no answer of Next's carries it (RFC 6265, 4.1).
 * @param maxAge seconds
 */
export function cookieHeader(name: string, value: string, maxAge: number): string {
  const { cookies, headers } = new NextResponse();
  cookies.set(name, value, cookieOptions(maxAge));
  return headers.getSetCookie().join('');
}

/**
 * A cookie's name, with the prefix that binds it to this very host. `__Host-` needs https (RFC 6265bis, 4.1.3.2): on a
 * plain http address the browser would drop the cookie.
 */
export function hostCookie(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}
