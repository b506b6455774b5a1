import 'server-only';
import { env } from '@/lib/env';
import { type Account, markedAccounts, readAccount, writeAccount } from '@/lib/keycloak/accounts';
import type { Unavailable } from '@/lib/keycloak/admin';
import { SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { log } from '@/lib/telemetry/log';
import { canBeReplaced, clearTheWay } from './replace';

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
  /** Accounts of confirmed people from which the portal's mark was taken. */
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
  const settled = await settleAll(isDryRun, isOut);
  if (typeof settled !== 'number') return settled;
  const removal = await removeAll(isDryRun, isOut);
  if ('status' in removal) return removal;
  const result = { status: 'swept', dryRun: isDryRun, settled, ...removal } as const;
  log('info', 'sweep.done', { ...result });
  return result;
}

async function settleAll(isDryRun: boolean, isOut: () => boolean): Promise<number | Unavailable> {
  let settled = 0;
  for (let first = 0; !isOut(); ) {
    const page = await markedAccounts(true, first, PAGE);
    if (page.status === 'unavailable') return page;
    let left = 0;
    for (const account of page.value) {
      if (isDryRun || !(await withoutMark(account))) left++;
      settled++;
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

function withoutMark({ attributes, ...account }: Account): Promise<boolean> {
  const { [SIGN_UP_MARK]: _mark, ...rest } = attributes;
  return writeAccount({ ...account, attributes: rest });
}

/**
 * Takes the portal's mark from the account of somebody who has confirmed and signed in: it is a person's from here on.
 * @param id the user's id
 */
export async function settle(id: string): Promise<void> {
  const found = await readAccount(id);
  if (found.status !== 'ok' || !found.value?.emailVerified || !(SIGN_UP_MARK in found.value.attributes)) return;
  if (!(await withoutMark(found.value))) log('warn', 'sign-up.mark-left', { userId: id });
}
