import 'server-only';
import { z } from 'zod';
import type { AskedConsent } from '@/lib/brand/consent';
import { MARKETING_ATTRIBUTE, TERMS_ATTRIBUTE } from '@/lib/consent-attributes';
import { setRequiredActions } from '@/lib/keycloak/account';
import type { Violation } from '@/lib/profile/types';
import { log } from '@/lib/telemetry/log';
import { ownField } from './request';

/** The checkboxes of the form. What they post is the hash of what the page showed beside them. */
export const TERMS_FIELD = ownField('terms');
export const MARKETING_FIELD = ownField('marketing');

/** Keycloak's required action that asks for the realm's own terms (`TermsAndConditions`). */
const KEYCLOAKS_TERMS = 'TERMS_AND_CONDITIONS';

/** One consent, as it is kept: who asked, for which version, what was shown, when and in which language. */
const evidence = z.object({
  for: z.string(),
  version: z.string(),
  sha256: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  locale: z.string(),
});

/**
 * Writes a consent down.
 * @param shown what was shown
 * @param locale the language of the page that showed it
 * @param at when
 * @returns one value of the attribute
 */
export function evidenceOf(
  { owner, version, sha256 }: { readonly owner: string; readonly version: string; readonly sha256: string },
  locale: string,
  at: Date,
): string {
  const written: z.output<typeof evidence> = { for: owner, version, sha256, at: at.toISOString(), locale };
  return JSON.stringify(written);
}

/**
 * Whether somebody has accepted these very terms.
 * @param values of the attribute `TERMS_ATTRIBUTE`; what is no evidence of ours counts for nothing
 * @param terms whose they are, and in which version
 */
export function hasAccepted(
  values: readonly string[],
  terms: { readonly owner: string; readonly version: string },
): boolean {
  return values.some((value) => {
    try {
      const parsed = evidence.safeParse(JSON.parse(value));
      return parsed.success && parsed.data.for === terms.owner && parsed.data.version === terms.version;
    } catch {
      return false;
    }
  });
}

/** What the checkboxes posted; nothing in it has been believed yet. */
export interface GivenConsent {
  readonly terms: unknown;
  readonly marketing: unknown;
}

interface JudgedConsent {
  readonly violations: readonly Violation[];
  /** The evidence, as attributes of the account. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** The version of the terms that were accepted. */
  readonly accepted?: string | undefined;
}

/**
 * Judges what was ticked. A tick counts for what the page showed and for nothing else: terms that have changed since are
 * not accepted.
 * @param asked what the form asks for now
 * @param given what was posted
 * @param locale the page's language
 * @param at now
 */
export function judgeConsent(asked: AskedConsent, given: GivenConsent, locale: string, at: Date): JudgedConsent {
  const { terms, marketing } = asked;
  const isAccepted = terms !== undefined && given.terms === terms.sha256;
  const isAgreed = marketing !== undefined && given.marketing === marketing.sha256;
  const isOutdated = typeof given.terms === 'string' && given.terms !== '';
  const code = isOutdated ? 'termsChanged' : 'termsNotAccepted';
  return {
    violations: terms === undefined || isAccepted ? [] : [{ field: TERMS_FIELD, code, params: [] }],
    attributes: {
      ...(isAccepted ? { [TERMS_ATTRIBUTE]: [evidenceOf(terms, locale, at)] } : {}),
      ...(isAgreed ? { [MARKETING_ATTRIBUTE]: [evidenceOf(marketing, locale, at)] } : {}),
    },
    accepted: isAccepted ? terms.version : undefined,
  };
}

/**
 * Spares somebody who has accepted the client's terms the realm's own: a default action is on every new account, and only
 * a new list takes it away. Where the configuration asks for it by name, it stays.
 * @param userId of the new account
 * @param actions what the account was made with
 * @param defaultActions what the realm adds by itself
 */
export async function spareKeycloaksTerms(
  userId: string,
  actions: readonly string[],
  defaultActions: readonly string[],
): Promise<void> {
  if (!defaultActions.includes(KEYCLOAKS_TERMS) || actions.includes(KEYCLOAKS_TERMS)) return;
  const rest = [...new Set([...actions, ...defaultActions])].filter((action) => action !== KEYCLOAKS_TERMS);
  const isSpared = await setRequiredActions(userId, rest);
  if (!isSpared) log('warn', 'sign-up.terms-asked-twice', { userId });
}
