import { z } from 'zod';

/** The CAPTCHAs that the form can have. */
const CAPTCHA_KINDS = ['hcaptcha', 'proof-of-work', 'none'] as const;

export type CaptchaKind = (typeof CAPTCHA_KINDS)[number];

export const captchaKind = z.enum(CAPTCHA_KINDS, { error: 'must be hcaptcha, proof-of-work or none' });

/**
 * Whether browsers let a page of this address compute: they keep `crypto.subtle` from all but https and the machine's own
 * names (W3C Secure Contexts, 3.1).
 * @param address of the portal, validated or not
 */
export function canCompute(address: unknown): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
