import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { settingsFor } from '@/lib/brand/config';
import { askedConsent, type ShownTerms } from '@/lib/brand/consent';
import { keepsAttribute, TERMS_ATTRIBUTE } from '@/lib/consent-attributes';
import { cookieOptions, hostCookie } from '@/lib/cookies';
import type { Locale } from '@/lib/i18n/locales';
import { addToAttribute, attributeValues } from '@/lib/keycloak/account';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { audit } from '@/lib/telemetry/audit';
import { log } from '@/lib/telemetry/log';
import { evidenceOf, hasAccepted } from './consent';
import { seal, unseal } from './seal';

/** Says which terms somebody has accepted in this browser a moment ago, in seconds: as long as the portal's session. */
const LIFETIME = 3_600;
const PURPOSE = 'accepted-terms';

const cookieName = () => hostCookie('vestibule-terms');

const settled = z.object({ userId: z.string(), owner: z.string(), version: z.string() });

/**
 * The terms that somebody who has signed in still has to accept.
 * @param userId `sub` of their ID token
 * @param clientId where they are going on to
 * @param locale the page's language
 * @returns undefined where there are none, where they accepted them, and where the answer can't be kept or asked for:
 *   nobody is kept from a product by a fault of ours, which the log names (`realm.way-fault`, `terms.unknown`)
 */
export async function termsDue(
  userId: string,
  clientId: string | undefined,
  locale: Locale,
): Promise<ShownTerms | undefined> {
  const { terms } = askedConsent(settingsFor(clientId), locale);
  if (terms === undefined) return undefined;
  const snapshot = await realmSnapshot();
  if (snapshot === undefined || !keepsAttribute(snapshot.profile, TERMS_ATTRIBUTE)) return undefined;
  const known = settled.safeParse(await unseal(PURPOSE, (await cookies()).get(cookieName())?.value));
  const { userId: who, owner, version } = known.data ?? {};
  if (who === userId && owner === terms.owner && version === terms.version) return undefined;
  const values = await attributeValues(userId, TERMS_ATTRIBUTE);
  if (values === undefined) {
    log('warn', 'terms.unknown', { userId });
    return undefined;
  }
  return hasAccepted(values, terms) ? undefined : terms;
}

/**
 * Keeps that somebody has accepted the terms that are due; only in a server action.
 * @param userId `sub` of their ID token
 * @param clientId where they are going on to
 * @param locale the page's language
 * @param given what was posted: the hash of what the page showed
 * @returns `changed` where the page showed others than are asked for now, `failed` where Keycloak did not keep it
 */
export async function acceptTerms(
  userId: string,
  clientId: string | undefined,
  locale: Locale,
  given: unknown,
): Promise<'accepted' | 'changed' | 'failed'> {
  const { terms } = askedConsent(settingsFor(clientId), locale);
  if (terms === undefined) return 'accepted';
  if (given !== terms.sha256) return 'changed';
  const kept = await addToAttribute(userId, TERMS_ATTRIBUTE, evidenceOf(terms, locale, new Date()));
  if (kept === 'unavailable') return 'failed';
  const { owner, version } = terms;
  // An account that Keycloak no longer takes as it is (the profile has changed since) can't be written to by anyone.
  if (kept === 'refused') log('error', 'terms.not-kept', { userId, for: owner, version });
  // Somebody whom the portal did not make an account for: that they accepted is in the log, and asked again some day.
  else if (kept === 'not-ours') log('warn', 'terms.not-kept', { userId, for: owner, version, why: 'not-ours' });
  else audit('terms.accepted', { userId, for: owner, version });
  const sealed = await seal(PURPOSE, { userId, owner, version }, LIFETIME);
  (await cookies()).set(cookieName(), sealed, cookieOptions(LIFETIME));
  return 'accepted';
}
