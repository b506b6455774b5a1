import 'server-only';
import { z } from 'zod';
import { throttleKey } from '@/lib/guards/client-address';
import { ownField } from './request';
import { seal, unseal } from './seal';

/** The hidden field that shows that this visitor has solved the CAPTCHA for this very sign-up. */
export const CAPTCHA_PASS_FIELD = ownField('solved');

const PURPOSE = 'captcha-pass';

/** Seconds: an outage that a page waits out by itself. */
const LIFETIME = 1_800;

const captchaPass = z.object({ visitor: z.string(), attempt: z.string() });

/**
 * Makes up for a CAPTCHA whose token was spent on a sign-up that Keycloak could not take: the form is sent once more without
 * another one. It serves for that sign-up alone, of which only one can come.
 * @param clientAddress see `clientAddress`
 * @param attempt see `attemptName`
 */
export function issueCaptchaPass(clientAddress: string, attempt: string): Promise<string> {
  return seal(PURPOSE, { visitor: throttleKey(clientAddress), attempt }, LIFETIME);
}

/**
 * Whether a form came with such a pass.
 * @param posted anyone's word
 */
export async function holdsCaptchaPass(posted: unknown, clientAddress: string, attempt: string): Promise<boolean> {
  const opened = captchaPass.safeParse(await unseal(PURPOSE, typeof posted === 'string' ? posted : undefined));
  return opened.success && opened.data.visitor === throttleKey(clientAddress) && opened.data.attempt === attempt;
}
