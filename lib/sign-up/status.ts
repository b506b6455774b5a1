import 'server-only';
import { type AccountState, accountState, setRequiredActions } from '@/lib/keycloak/account';
import { processWide } from '@/lib/process-wide';
import { audit } from '@/lib/telemetry/audit';
import { log } from '@/lib/telemetry/log';
import type { PendingSignUp } from './pending';
import { isFirst } from './told';

/**
 * How far a sign-up has come: `confirmed` has its address verified and still something to do behind the same link, such as
 * the choice of a password, `verified` can sign in, `gone` has no account any more.
 */
export type SignUpStatus = 'pending' | 'confirmed' | 'verified' | 'gone';

/** Keycloak is asked for one account at most this often, however many tabs ask the portal (milliseconds). */
const KEEP_MS = 1_500;

/** More accounts than this are not remembered at once. */
const MOST_KEPT = 5_000;

interface Asked {
  readonly state: Promise<AccountState>;
  freshUntil: number;
}

function stateOf(id: string, isFresh: boolean): Promise<AccountState> {
  const asked = processWide<Map<string, Asked>>('account-states', () => new Map());
  const known = asked.get(id);
  if (known !== undefined && known.freshUntil > Date.now() && !isFresh) return known.state;
  // A map keeps the order in which its keys came, so the first is the oldest.
  asked.delete(id);
  const [oldest] = asked.keys();
  if (oldest !== undefined && asked.size >= MOST_KEPT) asked.delete(oldest);
  const state = accountState(id);
  const entry: Asked = { state, freshUntil: Number.POSITIVE_INFINITY };
  asked.set(id, entry);
  void state.then(() => {
    entry.freshUntil = Date.now() + KEEP_MS;
  });
  return state;
}

/**
 * How far a sign-up has come, by Keycloak's word. The made-up account of a taken address is asked for like any other, and
 * stays pending.
 * @param pending the visitor's sign-up
 * @param isFresh true where Keycloak must be asked now, as when the visitor comes straight from the link
 * @returns undefined when Keycloak can't be asked
 */
export async function signUpStatus(pending: PendingSignUp, isFresh = false): Promise<SignUpStatus | undefined> {
  const { userId, actions } = pending;
  const state = await stateOf(userId, isFresh);
  if (state.status === 'unavailable') return undefined;
  if (pending.own === 0) return 'pending';
  if (state.status === 'gone') return 'gone';
  if (!state.verified) return 'pending';
  if (await isFirst('verified', userId)) audit('sign-up.verified', { userId }, pending.clientId);
  if (state.requiredActions.some((action) => actions.includes(action))) return 'confirmed';
  if (state.requiredActions.includes('VERIFY_EMAIL')) await repair(userId);
  return 'verified';
}

/**
 * Takes VERIFY_EMAIL from an account that is verified: Keycloak 26.7 leaves it behind where someone tried to sign in before
 * opening the link (keycloak/keycloak#26426), and would ask the person to verify once more.
 */
async function repair(userId: string): Promise<void> {
  // Read anew: the list is replaced whole, and must not bring back what has been done meanwhile.
  const state = await stateOf(userId, true);
  if (state.status !== 'there' || !state.verified || !state.requiredActions.includes('VERIFY_EMAIL')) return;
  const rest = state.requiredActions.filter((action) => action !== 'VERIFY_EMAIL');
  const isRepaired = await setRequiredActions(userId, rest);
  if (isRepaired) log('info', 'sign-up.verify-action-repaired', { userId });
  else log('warn', 'sign-up.verify-action-left', { userId });
}
