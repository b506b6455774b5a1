import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { log, reason } from '@/lib/telemetry/log';

/** hCaptcha asks for answers within seconds; a visitor should not wait longer (milliseconds). */
const TIMEOUT_MS = 5_000;
/** Real tokens have a few kilobytes. */
const LONGEST_TOKEN = 16_384;

/** The name under which hCaptcha's widget adds its token to the form. */
export const CAPTCHA_FIELD = 'h-captcha-response';

export type CaptchaAnswer =
  | { readonly passed: true }
  /** `missing`: nothing ticked; `expired`: too late or used before; `refused`: not accepted; `unavailable`: nobody to ask. */
  | { readonly passed: false; readonly why: 'missing' | 'expired' | 'refused' | 'unavailable' };

const verdict = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  'error-codes': z.array(z.string()).default([]),
});

const EXPIRED = new Set(['expired-input-response', 'already-seen-response', 'invalid-or-already-seen-response']);
/** These say that our own configuration is wrong; the visitor can do nothing about it. */
const OURS = new Set([
  'missing-input-secret',
  'invalid-input-secret',
  'sitekey-secret-mismatch',
  'not-using-dummy-passcode',
  'bad-request',
  'missing-remoteip',
  'invalid-remoteip',
]);

/** Which CAPTCHA the form of a client has. */
export function captchaMode({ captcha }: Pick<ClientSettings, 'captcha'>): 'hcaptcha' | 'none' {
  return captcha ?? env().CAPTCHA;
}

/**
 * Has hCaptcha verify a token (POST siteverify). A token is spent by this, whatever comes of it.
 * @param mode see `captchaMode`
 * @param token what the form posted; undefined or empty when the box was not ticked
 * @param remoteAddress the visitor's address; anything that is no address is not sent along
 * @returns passed only on hCaptcha's own word: when it can't be asked, the door stays shut and the input is kept
 */
export async function verifyCaptcha(
  mode: 'hcaptcha' | 'none',
  token: unknown,
  remoteAddress: string,
): Promise<CaptchaAnswer> {
  const { HCAPTCHA_SECRET = '', HCAPTCHA_SITE_KEY = '', HCAPTCHA_VERIFY_URL } = env();
  if (mode === 'none') return { passed: true };
  if (typeof token !== 'string' || token === '') return { passed: false, why: 'missing' };
  if (token.length > LONGEST_TOKEN) return { passed: false, why: 'refused' };
  const form = new URLSearchParams({ secret: HCAPTCHA_SECRET, response: token, sitekey: HCAPTCHA_SITE_KEY });
  if (isIP(remoteAddress) !== 0) form.set('remoteip', remoteAddress);
  try {
    const response = await fetch(HCAPTCHA_VERIFY_URL, {
      method: 'POST',
      body: form,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
    });
    if (!response.ok) throw new Error(`siteverify answered ${response.status}`);
    const answer = verdict.parse(await response.json());
    if (answer.success) return { passed: true };
    const codes = answer['error-codes'];
    log('info', 'captcha.refused', { codes });
    if (codes.some((code) => OURS.has(code))) {
      log('error', 'captcha.misconfigured', { codes });
      return { passed: false, why: 'unavailable' };
    }
    return { passed: false, why: codes.some((code) => EXPIRED.has(code)) ? 'expired' : 'refused' };
  } catch (error) {
    log('error', 'captcha.unavailable', { reason: reason(error) });
    return { passed: false, why: 'unavailable' };
  }
}
