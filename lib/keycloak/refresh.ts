import 'server-only';
import { forgetRedirectVerdicts } from './redirect-target';
import { refreshSnapshot } from './snapshot';
import { refreshTexts } from './texts';

/**
 * Reads all that this process knows of its realm anew, at once: the realm and its user profile, the texts of every
 * language read so far, and which redirect URIs are clients' own. Other instances follow when their own time is up
 * (`REALM_TIMES`).
 * @returns false when any of it can't be read: what was last good serves on, and the log says why
 */
export async function refreshRealm(): Promise<boolean> {
  forgetRedirectVerdicts();
  const read = await Promise.all([refreshSnapshot(), refreshTexts()]);
  return read.every(Boolean);
}
