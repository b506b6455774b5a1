import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { SIGN_UP_GROUP } from '@/lib/sign-up-group';
import { type Account, type Found, found, representations } from './accounts';
import { type Answer, callAdmin, LOOK, REPEATABLE } from './admin';

const group = z.object({ id: z.string() });

/**
 * Looks for the group of the accounts that the portal may manage.
 * @returns its id; undefined where there is none, or the portal may not see it: its account holds `manage-users` then, or
 *   has not been set up
 */
export async function signUpGroup(): Promise<Answer<string | undefined>> {
  const answer = await callAdmin(
    (client) => client.realms.getGroupByPath({ realm: env().KEYCLOAK_REALM, path: SIGN_UP_GROUP }),
    LOOK,
  );
  if (answer.status === 'unavailable') return answer;
  const parsed = answer.status === 'ok' ? group.safeParse(answer.value) : undefined;
  return { status: 'ok', value: parsed?.data?.id };
}

/**
 * Takes an account out of the group. The portal can't undo that, nor manage the account any more.
 * @param id the user's id
 * @param groupId see `signUpGroup`
 * @returns true when it is no member
 */
export async function leaveSignUpGroup(id: string, groupId: string): Promise<boolean> {
  const answer = await callAdmin((client) => client.users.delFromGroup({ id, groupId }), REPEATABLE);
  return answer.status === 'ok' || (answer.status === 'refused' && answer.http === 404);
}

/**
 * Lists the accounts in the group, whether they bear the portal's mark or not.
 * @param groupId see `signUpGroup`
 * @param first how many to pass over
 * @param max how many to list
 */
export async function signUpMembers(groupId: string, first: number, max: number): Promise<Found<readonly Account[]>> {
  const answer = await callAdmin(
    (client) => client.groups.listMembers({ id: groupId, first, max, briefRepresentation: false }),
    REPEATABLE,
  );
  return found(answer, representations);
}
