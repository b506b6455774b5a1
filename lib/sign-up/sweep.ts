import 'server-only';
import { env } from '@/lib/env';
import { type Account, type Found, markedAccounts } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { signUpMembers } from '@/lib/keycloak/sign-up-group';
import { SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { audit } from '@/lib/telemetry/audit';
import { canBeReplaced, clearTheWay } from './replace';
import { groupToLeave, letGo } from './settle';

const HOUR_MS = 3_600_000;
const PAGE = 100;

/** How long one sweep may take (milliseconds): schedulers and proxies don't wait for ever. The next one goes on. */
const LONGEST_MS = 45_000;

/** What a sweep did, or would do. */
export interface Swept {
  readonly status: 'swept';
  readonly dryRun: boolean;
  /** Sign-ups old enough that nobody has confirmed: removed, or to be removed. */
  readonly removed: number;
  /** Those that are old enough and no longer the portal's alone: an administrator, or a person, has had to do with them. */
  readonly kept: number;
  /** Accounts of confirmed people that the portal has let go: see `letGo`. */
  readonly settled: number;
  /** False where time ran out before all were looked at. */
  readonly complete: boolean;
}

/**
 * Removes sign-ups that the portal made and nobody has confirmed for `SWEEP_AFTER_HOURS`. Nothing else is ever removed: what
 * counts as such is `canBeReplaced`'s to say, and whoever confirms at the last moment keeps the account.
 * @param isDryRun true to count and change nothing
 */
export async function sweep(isDryRun: boolean): Promise<Swept | Unavailable> {
  const until = Date.now() + LONGEST_MS;
  const isOut = () => Date.now() > until;
  // First, so that a confirmed person who gives another address later is no sign-up any more.
  const marked = await settleAll(
    (first) => markedAccounts(true, first, PAGE),
    () => true,
    isDryRun,
    isOut,
  );
  if (typeof marked !== 'number') return marked;
  // Those who bear no mark: they came from an identity provider, or could not be let go at their sign-in.
  const group = await groupToLeave();
  const members =
    group === undefined
      ? 0
      : await settleAll((first) => signUpMembers(group, first, PAGE), isUnmarked, isDryRun, isOut);
  if (typeof members !== 'number') return members;
  const settled = marked + members;
  const removal = await removeAll(isDryRun, isOut);
  if ('status' in removal) return removal;
  const result = { status: 'swept', dryRun: isDryRun, settled, ...removal } as const;
  audit('sweep.done', result);
  return result;
}

const isUnmarked = ({ attributes }: Account) => !(SIGN_UP_MARK in attributes);

/**
 * @param list a page of accounts, in an order that stays
 * @param isMeant which of them
 */
async function settleAll(
  list: (first: number) => Promise<Found<readonly Account[]>>,
  isMeant: (account: Account) => boolean,
  isDryRun: boolean,
  isOut: () => boolean,
): Promise<number | Unavailable> {
  let settled = 0;
  for (let first = 0; !isOut(); ) {
    const page = await list(first);
    if (page.status === 'unavailable') return page;
    let left = 0;
    for (const account of page.value) {
      const isDue = account.emailVerified && account.access.manage && isMeant(account);
      if (isDue) settled++;
      if (!isDue || isDryRun || !(await letGo(account))) left++;
    }
    if (page.value.length < PAGE) break;
    // Those that were settled are not listed any more.
    first += left;
  }
  return settled;
}

async function removeAll(
  isDryRun: boolean,
  isOut: () => boolean,
): Promise<{ removed: number; kept: number; complete: boolean } | Unavailable> {
  const oldest = Date.now() - env().SWEEP_AFTER_HOURS * HOUR_MS;
  let [removed, kept] = [0, 0];
  for (let first = 0; !isOut(); ) {
    const page = await markedAccounts(false, first, PAGE);
    if (page.status === 'unavailable') return page;
    let left = 0;
    for (const account of page.value) {
      if (isOut()) return { removed, kept, complete: false };
      const isOld = account.createdTimestamp <= oldest;
      const isRemoved = isOld && (await remove(account, isDryRun));
      if (isRemoved) removed++;
      else if (isOld) kept++;
      if (!isRemoved || isDryRun) left++;
    }
    if (page.value.length < PAGE) return { removed, kept, complete: true };
    first += left;
  }
  return { removed, kept, complete: false };
}

async function remove(account: Account, isDryRun: boolean): Promise<boolean> {
  const removable = await canBeReplaced(account);
  if (removable.status === 'unavailable' || !removable.value) return false;
  if (isDryRun) return true;
  const way = await clearTheWay(account);
  return way.status === 'clear' && way.forget();
}
