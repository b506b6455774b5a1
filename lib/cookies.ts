import 'server-only';
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
 * A cookie's name, with the prefix that binds it to this very host. `__Host-` needs https (RFC 6265bis, 4.1.3.2): on a
 * plain http address the browser would drop the cookie.
 */
export function hostCookie(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}
