/** Portals with other CAPTCHAs than the usual one; what tests of theirs count, they count by visitors' own addresses. */
export const CAPTCHA_PORTALS: Readonly<Record<string, Record<string, string>>> = {
  pow: { CAPTCHA: 'proof-of-work', SIGN_UPS_PER_HOUR: '1000', TRUSTED_PROXIES: '1' },
  // At the second submit of an address; who comes from the shop, at the third, and with the proof of work.
  stepped: {
    CAPTCHA_FROM_ATTEMPT: '2',
    SIGN_UPS_PER_HOUR: '1000',
    TRUSTED_PROXIES: '1',
    PORTAL_CONFIG: JSON.stringify({
      clients: { shop: { name: 'Harbour Shop', captcha: 'proof-of-work', captchaFromAttempt: 3 } },
    }),
  },
  'captcha-open': {
    CAPTCHA_WHEN_DOWN: 'open',
    HCAPTCHA_TIMEOUT_MS: '1000',
    HCAPTCHA_MAX_SCORE: '0.7',
    SIGN_UPS_PER_HOUR: '1000',
  },
};
