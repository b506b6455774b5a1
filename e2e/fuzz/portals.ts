import { WITHOUT_LIMITS } from '../without-limits';

/** PORTAL_SECRET of the portals under attack, for cookies that have expired; both have it, and a realm in common. */
export const FUZZ_SECRET = 'attacked-by-ourselves-and-by-nobody-else-0123456789';

/** The variables of a portal under attack: limits are for others to try, and everyone has an address of their own. */
export function fuzzPortal(passwordMode: 'form' | 'after-verification', realm: string): Record<string, string> {
  return {
    ...WITHOUT_LIMITS,
    KEYCLOAK_REALM: realm,
    PORTAL_SECRET: passwordMode === 'form' ? FUZZ_SECRET : `${FUZZ_SECRET}-too`,
    CAPTCHA: 'none',
    PASSWORD_MODE: passwordMode,
    TRUSTED_PROXIES: '1',
  };
}
