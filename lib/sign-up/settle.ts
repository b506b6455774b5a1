import 'server-only';
import { portalConfig } from '@/lib/brand/config';
import { asksTerms } from '@/lib/brand/settings';
import { keepsAttribute, TERMS_ATTRIBUTE } from '@/lib/consent-attributes';
import { type Account, readAccount, writeAccount } from '@/lib/keycloak/accounts';
import { leaveSignUpGroup } from '@/lib/keycloak/sign-up-group';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { log } from '@/lib/telemetry/log';

/**
 * The group that confirmed people leave, so that the portal can't manage their accounts any more, nor whoever steals its
 * secret. Where terms are asked for they stay: the portal writes on the account which version they accepted, and there will
 * be another one.
 * @returns undefined where there is none, or nobody leaves it
 */
export async function groupToLeave(): Promise<string | undefined> {
  const snapshot = await realmSnapshot();
  const keepsEvidence = snapshot !== undefined && keepsAttribute(snapshot.profile, TERMS_ATTRIBUTE);
  return keepsEvidence && asksTerms(portalConfig()) ? undefined : snapshot?.signUpGroup;
}

/**
 * Makes a person's of an account that the portal made: its mark goes, and then the portal's right to change it.
 * @param account verified, and one that the portal may still change
 * @returns false where either stayed; the next sweep tries again
 */
export async function letGo({ attributes, ...account }: Account): Promise<boolean> {
  const { [SIGN_UP_MARK]: mark, ...rest } = attributes;
  const isUnmarked = mark === undefined || (await writeAccount({ ...account, attributes: rest }));
  const group = await groupToLeave();
  // Without its mark first: what has left can't be written to.
  return isUnmarked && (group === undefined || (await leaveSignUpGroup(account.id, group)));
}

/**
 * Lets the account go of somebody who has confirmed and signed in: it is a person's from here on.
 * @param id the user's id
 * @returns whether it bore the portal's mark until now
 */
export async function settle(id: string): Promise<boolean> {
  const found = await readAccount(id);
  const account = found.status === 'ok' ? found.value : undefined;
  if (!account?.emailVerified || !account.access.manage) return false;
  if (!(await letGo(account))) log('warn', 'sign-up.not-settled', { userId: id });
  return SIGN_UP_MARK in account.attributes;
}
