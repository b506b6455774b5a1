import 'server-only';
import { createHmac } from 'node:crypto';
import { keyFor } from '@/lib/keys';

/**
 * Names what one page makes for one address: the same whenever, and at whichever instance, the form is sent once more. The new
 * account bears it, so that one whose answer was lost is found again, and not made twice.
 * @param formTokenId of the page as it was served (`judgeFormToken`)
 * @param email as typed
 * @returns a keyed digest, which tells nothing of either
 */
export function attemptName(formTokenId: string, email: string): string {
  const digest = createHmac('sha256', keyFor('attempt')).update(`${formTokenId} ${email.toLowerCase()}`);
  return digest.digest('base64url').slice(0, 22);
}
