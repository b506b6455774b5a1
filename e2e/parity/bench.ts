import { signInAsAdmin } from '../../keycloak/set-up-realm';
import { SIGN_UP_GROUP_PATH } from '../../lib/sign-up-group';
import type { Stack } from '../../stack/stack';
import type { Entries } from './browser';
import { clientFacts, type ParityCase, type Visit } from './case';
import { type Difference, differences } from './compare';
import { visitHosted } from './hosted';
import { type RealmApi, realmApi } from './keycloak';
import { excuses, retell, UNUSED_LINE } from './on-purpose';
import type { Side } from './outcome';
import { visitPortal } from './portal';
import { applyWorld, prepareRealm, type RealmState } from './realm';
import { type Unfound, unfoundMessages } from './second-opinion';
import { type StoredUser, takeNewUser } from './stored-user';

/** The realm whose settings the bench changes; no other test uses it. */
export const PARITY_REALM = 'parity';

/** Name of the stack's portal that serves that realm. */
export const PARITY_PORTAL = 'parity';

/** What the portal refuses beyond Keycloak is not Keycloak's word. */
const KEYCLOAKS_RULES_ALONE = {
  disposableEmail: 'allow',
  deceptiveEmail: 'allow',
  passwordRules: { common: false, context: false, leaked: false },
};

/** The variables of the bench's portal: many clients, many sign-ups from one address, no CAPTCHA. */
export function parityPortal(): Record<string, string> {
  return {
    KEYCLOAK_REALM: PARITY_REALM,
    CAPTCHA: 'none',
    SIGN_UPS_PER_HOUR: '100000',
    MAILS_PER_HOUR: '100000',
    ACCOUNTS_PER_HOUR: '100000',
    SIGN_UPS_PER_MINUTE: '100000',
    CLIENT_SIGN_UPS_PER_MINUTE: '100000',
    LEAST_FILL_SECONDS: '0',
    PORTAL_CONFIG: JSON.stringify({ ...KEYCLOAKS_RULES_ALONE, clients: clientFacts() }),
  };
}

/** What came of one case. */
export interface Result {
  readonly verdict: 'agree' | 'on purpose' | 'disagree';
  /** What nothing excuses. */
  readonly differences: readonly Difference[];
  /** Names of the differences that are on purpose. */
  readonly purposes: readonly string[];
  readonly hosted: Side;
  readonly portal: Side;
}

/** Runs cases, one after the other: they share the realm. */
export interface Bench {
  /** @throws RefusedWorld where Keycloak does not take the case's profile or policy */
  run(parityCase: ParityCase): Promise<Result>;
}

/** @returns a visit with the account that came of it, which is taken out of the realm again */
async function withAccount(api: RealmApi, fixed: ReadonlySet<string>, visit: () => Promise<Side>): Promise<Side> {
  const side = await visit();
  const user = await takeNewUser(api, fixed);
  if (side.outcome.status === 'accepted') return { ...side, outcome: { ...side.outcome, user } };
  if (user !== undefined) throw new Error(`A sign-up that was ${side.outcome.status} made an account`);
  return side;
}

/** The group that the portal makes its accounts in is its own doing, and must be there; any other counts as Keycloak's. */
async function withoutItsGroup(visiting: Promise<Side>): Promise<Side> {
  const side = await visiting;
  if (side.outcome.status !== 'accepted' || side.outcome.user === undefined) return side;
  const user: StoredUser = side.outcome.user;
  if (!user.groups.includes(SIGN_UP_GROUP_PATH)) throw new Error('The portal made an account outside of its group');
  const groups = user.groups.filter((path) => path !== SIGN_UP_GROUP_PATH);
  return { ...side, outcome: { ...side.outcome, user: { ...user, groups } } };
}

function judge(parityCase: ParityCase, sides: { hosted: Side; portal: Side }, unfound: readonly Unfound[]): Result {
  const all: Difference[] = [
    ...differences(sides.hosted, sides.portal, parityCase.visit.forged),
    ...unfound.map(
      ({ field, found, said }): Difference => ({ what: 'message', where: field, hosted: found, portal: said }),
    ),
  ];
  const excused = all.map((difference) => excuses(difference, { ...parityCase, ...sides }));
  const left = all.filter((_, index) => excused[index] === undefined);
  const purposes = [...new Set(excused.filter((name) => name !== undefined))];
  const verdict = left.length > 0 ? 'disagree' : purposes.length > 0 ? 'on purpose' : 'agree';
  return { verdict, differences: left, purposes, ...sides };
}

/**
 * Readies the bench's realm.
 * @param stack with a portal named `parity`
 */
export async function openBench(stack: Omit<Stack, 'stop' | 'servers'>): Promise<Bench> {
  const { url, adminUsername, adminPassword } = stack.keycloak;
  const admin = await signInAsAdmin({ keycloakUrl: url, adminUsername, adminPassword });
  const api = realmApi(admin, PARITY_REALM);
  const portal = stack.portals[PARITY_PORTAL];
  if (portal === undefined) throw new Error('The stack has no portal for the parity bench');
  const texts = await fetch(`${url}/resources/${PARITY_REALM}/login/en`);
  const fixed = await prepareRealm(api, (await texts.json()) as { key: string; value: string }[]);
  const state: RealmState = {};
  const refresh = async () => {
    const headers = { authorization: `Bearer ${stack.refreshToken}` };
    const response = await fetch(`${portal.url}/api/realm/refresh`, { method: 'POST', headers });
    if (response.status !== 200) throw new Error(`The portal did not read its realm anew: HTTP ${response.status}`);
  };
  const onHosted = async (visit: Visit, asPosted?: (entries: Entries) => Entries) => {
    const hosted = await withAccount(api, fixed, () => visitHosted(`${url}/realms/${PARITY_REALM}`, visit, asPosted));
    if (hosted.outcome.status === 'accepted' && hosted.outcome.user === undefined)
      throw new Error('The hosted page accepted a sign-up and made no account');
    return hosted;
  };
  return {
    async run(parityCase) {
      const { world, visit } = parityCase;
      if (await applyWorld(api, state, world, visit.passwordMode, stack.mail.smtpPort)) await refresh();
      const hosted = await onHosted(visit);
      const own = await withoutItsGroup(withAccount(api, fixed, () => visitPortal(portal.url, visit)));
      const unfound = await unfoundMessages(api, parityCase, { hosted, portal: own });
      await takeNewUser(api, fixed);
      // The second opinion may have changed the realm for a moment.
      if (own.outcome.status === 'refused' && 'password' in own.outcome.errors) await refresh();
      const result = judge(parityCase, { hosted, portal: own }, unfound);
      if (result.verdict !== 'disagree') return result;
      const asMeant = retell(parityCase, own);
      if (JSON.stringify(asMeant(hosted.entries)) === JSON.stringify(hosted.entries)) return result;
      // The same once more, without the lines that nobody used: then nothing else may differ.
      const meant = await onHosted(visit, asMeant);
      const again = judge(parityCase, { hosted: meant, portal: own }, unfound);
      return again.verdict === 'disagree'
        ? result
        : { ...again, verdict: 'on purpose', purposes: [UNUSED_LINE, ...again.purposes] };
    },
  };
}
