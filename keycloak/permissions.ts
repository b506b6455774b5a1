import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type PolicyRepresentation from '@keycloak/keycloak-admin-client/lib/defs/policyRepresentation.js';
import { DecisionStrategy, Logic } from '@keycloak/keycloak-admin-client/lib/defs/policyRepresentation.js';
import { z } from 'zod';
import { SIGN_UP_GROUP } from '../lib/sign-up-group';
import { type ChangeLog, change, SetUpError } from './change-log';
import { ADMIN_CLIENT } from './portal-clients';

/** The server's feature (26.2 and later), as `GET /admin/serverinfo` names it. */
const FEATURE = 'ADMIN_FINE_GRAINED_AUTHZ_V2';
/** The client that Keycloak makes for a realm's permissions when the realm's switch is turned on. */
const PERMISSIONS_CLIENT = 'admin-permissions';
/** The policy that says who: the service account of `portal-admin`, and nobody else. */
const POLICY = 'vestibule-portal';

/** One permission of the portal: on everything of its kind, or on the group of sign-ups alone. */
export interface PortalPermission {
  readonly name: string;
  readonly resourceType: 'Users' | 'Groups';
  readonly scopes: readonly string[];
  /** What it lets the account do, for the person at the terminal. */
  readonly why: string;
}

/**
 * All that the portal may do beyond its roles (measured scope by scope on Keycloak 26.7.3). Nothing lets it put an account
 * into the group that is there already: that takes `manage-group-membership` on the account, which only members' accounts
 * give (`manage-membership-of-members`).
 */
export const PORTAL_PERMISSIONS: readonly PortalPermission[] = [
  {
    name: 'vestibule-look-up',
    resourceType: 'Users',
    scopes: ['view'],
    why: 'see who has an address already; read the user profile (the fields of the form)',
  },
  {
    name: 'vestibule-sign-ups',
    resourceType: 'Groups',
    scopes: ['view', 'view-members', 'manage-members', 'manage-membership', 'manage-membership-of-members'],
    why: `make accounts in the group ${SIGN_UP_GROUP}, change them while they are in it, and let them go`,
  },
];

/** Whether the server has fine-grained admin permissions (version 2) and they are switched on in it. */
export async function hasFineGrainedPermissions(admin: KeycloakAdminClient): Promise<boolean> {
  const { features = [] } = await admin.serverInfo.find();
  return features.some(({ name, enabled }) => name === FEATURE && enabled === true);
}

const sameMembers = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((member) => other.includes(member));

/** What a permission says beyond its name: its scopes, what it is on, and by whose policy. */
async function saidBy(admin: KeycloakAdminClient, query: { realm: string; id: string; permissionId: string }) {
  const [scopes, resources, policies] = await Promise.all([
    admin.clients.getAssociatedScopes(query),
    admin.clients.getAssociatedResources(query),
    admin.clients.getAssociatedPolicies(query),
  ]);
  return {
    scopes: scopes.map(({ name }) => name),
    resources: resources.map(({ name }) => String(name)),
    policies: policies.map(({ id }) => String(id)),
  };
}

async function ensurePermission(
  admin: KeycloakAdminClient,
  { realm, id }: { realm: string; id: string },
  wanted: PolicyRepresentation & { name: string; scopes: string[]; resources: string[]; policies: string[] },
  log: ChangeLog,
): Promise<void> {
  const { name } = wanted;
  const found = await admin.clients.findPermissions({ realm, id, name });
  const current = found.find((one) => one.name === name);
  const line = `permission ${name} (${wanted.resourceType}: ${wanted.scopes.join(', ')})`;
  if (current?.id === undefined) {
    await change(log, `give ${ADMIN_CLIENT} the ${line}`, () =>
      admin.clients.createPermission({ realm, id, type: 'scope' }, wanted),
    );
    return;
  }
  const said = await saidBy(admin, { realm, id, permissionId: current.id });
  const isRight =
    current.resourceType === wanted.resourceType &&
    current.decisionStrategy === wanted.decisionStrategy &&
    current.logic === wanted.logic &&
    sameMembers(said.scopes, wanted.scopes) &&
    sameMembers(said.policies, wanted.policies) &&
    sameMembers(
      said.resources.filter((resource) => resource !== wanted.resourceType),
      wanted.resources,
    );
  if (isRight) return;
  const query = { realm, id, type: 'scope', permissionId: current.id };
  await change(log, `correct the ${line}`, () =>
    admin.clients.updatePermission(query, { ...wanted, id: query.permissionId }),
  );
}

const userPolicy = z.object({ logic: z.string(), users: z.array(z.string()).default([]) });

/** @returns the policy's id; undefined in a dry run that would have to make it */
async function ensurePolicy(
  admin: KeycloakAdminClient,
  { realm, id }: { realm: string; id: string },
  userId: string,
  log: ChangeLog,
): Promise<string | undefined> {
  const wanted = {
    name: POLICY,
    description: 'The sign-up portal',
    type: 'user',
    users: [userId],
    logic: Logic.POSITIVE,
    decisionStrategy: DecisionStrategy.UNANIMOUS,
  };
  // Nothing at all where there is none.
  const find = async () => (await admin.clients.findPolicyByName({ realm, id, name: POLICY }))?.id || undefined;
  const policyId = await find();
  if (policyId === undefined) {
    await change(log, `make the policy ${POLICY}: the service account of ${ADMIN_CLIENT}`, () =>
      admin.clients.createPolicy({ realm, id, type: 'user' }, wanted),
    );
    return find();
  }
  // The client's types say that nothing comes back.
  const current = userPolicy.parse(await admin.clients.findOnePolicyWithType({ realm, id, type: 'user', policyId }));
  if (current.logic !== wanted.logic || !sameMembers(current.users, wanted.users)) {
    await change(log, `correct the policy ${POLICY}: the service account of ${ADMIN_CLIENT}`, () =>
      admin.clients.updatePolicy({ realm, id, type: 'user', policyId }, wanted),
    );
  }
  const dependent = await admin.clients.listDependentPolicies({ realm, id, policyId });
  const more = dependent.filter(({ name }) => !PORTAL_PERMISSIONS.some((one) => one.name === name));
  if (more.length > 0) {
    const names = more.map(({ name }) => name).join(', ');
    log.notes.push(`${ADMIN_CLIENT} has permissions beyond those it needs: ${names} (Permissions; left as they are)`);
  }
  return policyId;
}

/**
 * Gives the service account of `portal-admin` what it needs by fine-grained permissions: to look at every account, and to
 * manage the members of one group. The realm's switch for such permissions is turned on; nobody else's rights change by that.
 * @param enabled whether the switch is on already
 * @param userId the service account; undefined in a dry run that would have to make it
 * @param groupId the group; undefined in a dry run that would have to make it
 */
export async function setUpPermissions(
  admin: KeycloakAdminClient,
  realm: string,
  enabled: boolean,
  userId: string | undefined,
  groupId: string | undefined,
  log: ChangeLog,
): Promise<void> {
  if (!enabled) {
    await change(log, 'switch fine-grained admin permissions on (adminPermissionsEnabled)', () =>
      admin.realms.update({ realm }, { adminPermissionsEnabled: true }),
    );
  }
  const id = (await admin.clients.find({ realm, clientId: PERMISSIONS_CLIENT }))[0]?.id;
  if (id === undefined && !log.dryRun) throw new SetUpError(`Keycloak made no client ${PERMISSIONS_CLIENT}`);
  if (id === undefined || userId === undefined || groupId === undefined) {
    for (const { name } of PORTAL_PERMISSIONS) log.changes.push(`give ${ADMIN_CLIENT} the permission ${name}`);
    return;
  }
  const policyId = await ensurePolicy(admin, { realm, id }, userId, log);
  const known = (await admin.clients.listAllScopes({ realm, id })).map(({ name }) => name);
  for (const { name, resourceType, scopes } of PORTAL_PERMISSIONS) {
    const wanted = {
      name,
      resourceType,
      scopes: scopes.filter((scope) => known.includes(scope)),
      resources: resourceType === 'Groups' ? [groupId] : [],
      policies: policyId === undefined ? [] : [policyId],
      logic: Logic.POSITIVE,
      decisionStrategy: DecisionStrategy.UNANIMOUS,
    };
    await ensurePermission(admin, { realm, id }, wanted, log);
    const missing = scopes.filter((scope) => !known.includes(scope));
    if (missing.length > 0)
      log.notes.push(
        `this Keycloak has no ${missing.join(', ')}: confirmed people stay in the group ${SIGN_UP_GROUP}, and ${ADMIN_CLIENT} can manage them; a newer Keycloak lets them go`,
      );
  }
}
