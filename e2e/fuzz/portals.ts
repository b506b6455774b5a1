/** PORTAL_SECRET of the portals under attack, for cookies that have expired; both have it, and a realm in common. */
export const FUZZ_SECRET = 'attacked-by-ourselves-and-by-nobody-else-0123456789';

/** The variables of a portal under attack: limits are for others to try, and everyone has an address of their own. */
export function fuzzPortal(passwordMode: 'form' | 'after-verification', realm: string): Record<string, string> {
  return {
    KEYCLOAK_REALM: realm,
    PORTAL_SECRET: passwordMode === 'form' ? FUZZ_SECRET : `${FUZZ_SECRET}-too`,
    CAPTCHA: 'none',
    PASSWORD_MODE: passwordMode,
    LEAST_FILL_SECONDS: '0',
    SIGN_UPS_PER_HOUR: '100000',
    ACCOUNTS_PER_HOUR: '100000',
    SIGN_UPS_PER_MINUTE: '100000',
    CLIENT_SIGN_UPS_PER_MINUTE: '100000',
    MAILS_PER_HOUR: '100000',
    TRUSTED_PROXIES: '1',
  };
}
