import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import { SIGN_UP_GROUP } from '../lib/sign-up-group';
import { bearsMark, MADE_BY_PORTAL, SIGN_UP_MARK } from '../lib/sign-up-mark';
import { type ChangeLog, change } from './change-log';
import { ADMIN_CLIENT } from './portal-clients';

const PAGE = 500;
/** How many accounts are looked at side by side. */
const AT_ONCE = 8;

/** Reads a list of Keycloak's to its end. */
async function all<T>(page: (range: { first: number; max: number }) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (;;) {
    const next = await page({ first: found.length, max: PAGE });
    found.push(...next);
    if (next.length < PAGE) return found;
  }
}

/**
 * Makes the group of the accounts that the portal may manage.
 * @returns its id; undefined in a dry run that would have to make it
 */
export async function ensureSignUpGroup(
  admin: KeycloakAdminClient,
  realm: string,
  log: ChangeLog,
): Promise<string | undefined> {
  const query = { realm, path: SIGN_UP_GROUP };
  // Null where there is none.
  const find = async () => (await admin.realms.getGroupByPath(query, { catchNotFound: true }))?.id;
  const id = await find();
  if (id === undefined) {
    await change(log, `make the group ${SIGN_UP_GROUP} for the accounts that ${ADMIN_CLIENT} may manage`, () =>
      admin.groups.create({ realm, name: SIGN_UP_GROUP }),
    );
    return log.dryRun ? undefined : find();
  }
  const { realmMappings = [], clientMappings = {} } = await admin.groups.listRoleMappings({ realm, id });
  const roles = [...realmMappings, ...Object.values(clientMappings).flatMap(({ mappings }) => mappings ?? [])];
  if (roles.length > 0) {
    const names = roles.map(({ name }) => name).join(', ');
    log.notes.push(
      `ATTENTION: the group ${SIGN_UP_GROUP} gives every account that the portal makes the roles ${names}: take them away (Groups, Role mapping)`,
    );
  }
  return id;
}

/**
 * Who of these holds a role of `realm-management`, in whatever way: by a group, or within another role.
 * @param managementId internal id of that client
 */
async function administratorsAmong(
  admin: KeycloakAdminClient,
  realm: string,
  managementId: string,
  users: readonly UserRepresentation[],
): Promise<UserRepresentation[]> {
  const found: UserRepresentation[] = [];
  const query = { realm, clientUniqueId: managementId };
  for (let first = 0; first < users.length; first += AT_ONCE) {
    const some = users.slice(first, first + AT_ONCE);
    const roles = await Promise.all(
      some.map(({ id }) => admin.users.listCompositeClientRoleMappings({ ...query, id: String(id) })),
    );
    found.push(...some.filter((_, index) => (roles[index]?.length ?? 0) > 0));
  }
  return found;
}

/**
 * Sees to who is in the group. Sign-ups that the portal made before there was a group are taken in, so that it can go on with
 * them. Administrators are taken out: whom the portal may manage, whoever steals its secret may. Only a member who is made an
 * administrator before their first sign-in through the portal (or, where terms are asked for, at any time) is ever both.
 * @param managementId internal id of the client `realm-management`
 */
export async function setUpMembers(
  admin: KeycloakAdminClient,
  realm: string,
  managementId: string,
  groupId: string,
  log: ChangeLog,
): Promise<void> {
  const members = await all((range) => admin.groups.listMembers({ realm, id: groupId, ...range }));
  for (const { id, username } of await administratorsAmong(admin, realm, managementId, members))
    await change(log, `take ${username}, who is an administrator, out of the group ${SIGN_UP_GROUP}`, () =>
      admin.users.delFromGroup({ realm, id: String(id), groupId }),
    );

  const ids = new Set(members.map(({ id }) => id));
  const marked = await all((range) =>
    admin.users.find({ realm, q: `${SIGN_UP_MARK}:${MADE_BY_PORTAL}`, briefRepresentation: false, ...range }),
  );
  const outside = marked.filter(({ id, email = '', attributes = {} }) => !ids.has(id) && bearsMark(attributes, email));
  const administrators = new Set(await administratorsAmong(admin, realm, managementId, outside));
  const due = outside.filter((one) => !administrators.has(one));
  if (due.length === 0) return;
  await change(log, `take ${due.length} of the portal's sign-ups into the group ${SIGN_UP_GROUP}`, async () => {
    for (const { id } of due) await admin.users.addToGroup({ realm, id: String(id), groupId });
  });
}
