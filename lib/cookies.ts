import 'server-only';
import { env } from '@/lib/env';

/**
 * How the cookies that hold something are set: not for scripts, not for other sites, and only over https where the portal is
 * there (ASVS 3.3). A cookie with a `__Host-` name is only taken, and only removed, with these.
 * @param maxAge seconds; 0 removes the cookie
 */
export function cookieOptions(maxAge: number) {
  return {
    httpOnly: true,
    secure: env().PORTAL_URL.startsWith('https:'),
    sameSite: 'lax',
    path: '/',
    maxAge,
  } as const;
}
