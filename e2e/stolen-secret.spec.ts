import type { Page } from '@playwright/test';
import { setUpRealm } from '../keycloak/set-up-realm';
import { SIGN_UP_GROUP, SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { SIGN_UP_MARK } from '../lib/sign-up-mark';
import { expect, test } from './fixtures';
import { openForm } from './quick';
import { portal, realmAdmin, stack } from './stack';
import { Thief } from './thief';
import { confirmAddress, mailsTo, newAddress, PASSWORD } from './visitor';

/** A portal where nobody is asked for terms, and its realm. */
const PORTAL = 'journey';
const { realm } = stack.keycloak;
/** A portal where some are, with a realm of the same name. */
const WITH_TERMS = 'known';

let admin: Awaited<ReturnType<typeof realmAdmin>>;
let thief: Thief;
test.beforeEach(async () => {
  admin = await realmAdmin();
  thief = await Thief.of(admin, realm);
});

/** Somebody with a password whom an administrator made. */
async function somebody(more: object = {}, where = realm): Promise<string> {
  const email = newAddress();
  const names = { username: email.split('@')[0] ?? '', email, firstName: 'Olga', lastName: 'Owner' };
  const credentials = [{ type: 'password', value: PASSWORD }];
  const attributes = { country: ['DE'] };
  const user = { ...names, attributes, credentials, enabled: true, emailVerified: true, ...more };
  return (await admin.users.create({ realm: where, ...user })).id;
}

async function managementRole(roleName: string) {
  const [client] = await admin.clients.find({ realm, clientId: 'realm-management' });
  const clientUniqueId = client?.id ?? '';
  const role = await admin.clients.findRole({ realm, id: clientUniqueId, roleName });
  return { clientUniqueId, roles: [{ id: role?.id ?? '', name: role?.name ?? '' }] };
}

async function idOfGroup(name: string): Promise<string> {
  return (await admin.realms.getGroupByPath({ realm, path: name })).id ?? '';
}

/** A group whose members administer the realm. */
async function administrators(): Promise<{ name: string; id: string }> {
  const name = `administrators-${newAddress().split('@')[0]}`;
  const { id } = await admin.groups.create({ realm, name });
  await admin.groups.addClientRoleMappings({ realm, id, ...(await managementRole('realm-admin')) });
  return { name, id };
}

async function administrator(): Promise<string> {
  const id = await somebody();
  await admin.users.addClientRoleMappings({ realm, id, ...(await managementRole('realm-admin')) });
  return id;
}

test.describe('whoever holds the portal’s secret can’t, to an administrator,', () => {
  const ways: Record<string, (id: string) => readonly [string, string, unknown?]> = {
    'set a password': (id) => ['PUT', `users/${id}/reset-password`, { type: 'password', value: PASSWORD }],
    'set a password along with the account': (id) => [
      'PUT',
      `users/${id}`,
      { credentials: [{ type: 'password', value: PASSWORD }] },
    ],
    'give another address': (id) => ['PUT', `users/${id}`, { email: newAddress(), emailVerified: true }],
    'send a link to a new password': (id) => ['PUT', `users/${id}/execute-actions-email`, ['UPDATE_PASSWORD']],
    'send a link that verifies': (id) => ['PUT', `users/${id}/send-verify-email`],
    disable: (id) => ['PUT', `users/${id}`, { enabled: false }],
    delete: (id) => ['DELETE', `users/${id}`],
    'sign out': (id) => ['POST', `users/${id}/logout`],
    impersonate: (id) => ['POST', `users/${id}/impersonation`],
    'link an account elsewhere': (id) => [
      'POST',
      `users/${id}/federated-identity/harbour-club`,
      { userId: '1', userName: 'thief' },
    ],
    'take away a way to sign in': (id) => ['PUT', `users/${id}/disable-credential-types`, ['password']],
    'give required actions': (id) => ['PUT', `users/${id}`, { requiredActions: ['UPDATE_PASSWORD'] }],
    'give a role': (id) => ['POST', `users/${id}/role-mappings/realm`, []],
    'revoke consent': (id) => ['DELETE', `users/${id}/consents/portal`],
    'lift the lock after wrong passwords': (id) => ['DELETE', `attack-detection/brute-force/users/${id}`],
  };
  for (const [what, way] of Object.entries(ways))
    test(what, async () => {
      const id = await administrator();
      const before = await admin.users.findOne({ realm, id });
      expect(await thief.status(...way(id))).toBe(403);
      expect(await admin.users.findOne({ realm, id })).toEqual(before);
    });

  test('lay hands by moving them into the group that it may manage', async () => {
    const id = await administrator();
    const groupId = await idOfGroup(SIGN_UP_GROUP);
    expect(await thief.status('PUT', `users/${id}/groups/${groupId}`)).toBe(403);
    expect(await admin.users.listGroups({ realm, id })).toEqual([]);
  });

  test('lay hands by taking them out of the administrators’ group', async () => {
    const group = await administrators();
    const id = await somebody();
    await admin.users.addToGroup({ realm, id, groupId: group.id });
    expect(await thief.status('PUT', `users/${id}/reset-password`, { type: 'password', value: PASSWORD })).toBe(403);
    expect(await thief.status('DELETE', `users/${id}/groups/${group.id}`)).toBe(403);
  });
});

test.describe('whoever holds the portal’s secret can’t make an administrator', () => {
  test('in an administrators’ group', async () => {
    const { name } = await administrators();
    for (const groups of [[`/${name}`], [SIGN_UP_GROUP_PATH, `/${name}`]]) {
      const made = await thief.makeAccount({ groups });
      expect(made.status).toBe(403);
      expect(await admin.users.find({ realm, email: made.email, exact: true })).toEqual([]);
    }
  });

  test('outside of every group', async () => {
    for (const groups of [undefined, []]) expect((await thief.makeAccount({ groups })).status).toBe(403);
  });

  test('with roles in the account: they are dropped, whether it is made or changed', async () => {
    const more = {
      realmRoles: ['offline_access', 'admin'],
      clientRoles: { 'realm-management': ['realm-admin'] },
      serviceAccountClientId: 'portal-admin',
    };
    const { id, status } = await thief.makeAccount(more);
    expect(status).toBe(201);
    const { name } = await administrators();
    expect(await thief.status('PUT', `users/${id}`, { ...more, groups: [`/${name}`] })).toBe(204);
    const { realmMappings = [], clientMappings = {} } = await admin.users.listRoleMappings({ realm, id });
    expect(realmMappings.map((role) => role.name)).toEqual([`default-roles-${realm}`]);
    expect(clientMappings).toEqual({});
    expect((await admin.users.listGroups({ realm, id })).map(({ path }) => path)).toEqual([SIGN_UP_GROUP_PATH]);
  });

  test('of an account of its own, by a role, a group or impersonation', async () => {
    const { id } = await thief.makeAccount();
    const group = await administrators();
    const { clientUniqueId, roles } = await managementRole('realm-admin');
    expect(await thief.status('POST', `users/${id}/role-mappings/clients/${clientUniqueId}`, roles)).toBe(403);
    expect(await thief.status('PUT', `users/${id}/groups/${group.id}`)).toBe(403);
    expect(await thief.status('POST', `users/${id}/impersonation`)).toBe(403);
  });

  test('of the group that it may manage: no role, no group below, no other name, no end', async () => {
    const groupId = await idOfGroup(SIGN_UP_GROUP);
    const group = await administrators();
    const { clientUniqueId, roles } = await managementRole('realm-admin');
    const refused = [
      await thief.status('POST', `groups/${groupId}/role-mappings/clients/${clientUniqueId}`, roles),
      await thief.status('POST', `groups/${groupId}/children`, { name: 'below' }),
      await thief.status('POST', `groups/${groupId}/children`, group),
      await thief.status('POST', 'groups', { name: 'beside' }),
      await thief.status('PUT', `groups/${groupId}`, { name: 'renamed' }),
      await thief.status('DELETE', `groups/${groupId}`),
      await thief.status('PUT', `default-groups/${groupId}`),
    ];
    expect(refused).toEqual(refused.map(() => 403));
    expect((await admin.realms.getGroupByPath({ realm, path: SIGN_UP_GROUP })).id).toBe(groupId);
  });

  test('of its own service account', async () => {
    const [client] = await admin.clients.find({ realm, clientId: 'portal-admin' });
    const { id = '' } = await admin.clients.getServiceAccountUser({ realm, id: client?.id ?? '' });
    const { clientUniqueId, roles } = await managementRole('realm-admin');
    expect(await thief.status('PUT', `users/${id}/reset-password`, { type: 'password', value: PASSWORD })).toBe(403);
    expect(await thief.status('POST', `users/${id}/role-mappings/clients/${clientUniqueId}`, roles)).toBe(403);
  });
});

test.describe('whoever holds the portal’s secret can’t, to somebody whom the portal did not make,', () => {
  const ways: Record<string, (id: string) => readonly [string, string, unknown?]> = {
    'give another address': (id) => ['PUT', `users/${id}`, { email: newAddress() }],
    'set a password': (id) => ['PUT', `users/${id}/reset-password`, { type: 'password', value: PASSWORD }],
    'send a mail': (id) => ['PUT', `users/${id}/execute-actions-email`, ['VERIFY_EMAIL']],
    delete: (id) => ['DELETE', `users/${id}`],
  };
  for (const [what, way] of Object.entries(ways))
    test(what, async () => {
      expect(await thief.status(...way(await somebody()))).toBe(403);
    });

  test('lay hands by moving them into the group that it may manage', async () => {
    const groupId = await idOfGroup(SIGN_UP_GROUP);
    expect(await thief.status('PUT', `users/${await somebody()}/groups/${groupId}`)).toBe(403);
  });
});

test('whoever holds the portal’s secret can’t take over a name that is somebody’s', async () => {
  const owner = await admin.users.findOne({ realm, id: await administrator() });
  const { id } = await thief.makeAccount();
  expect(await thief.status('PUT', `users/${id}`, { username: owner?.username })).toBe(409);
  expect(await thief.status('PUT', `users/${id}`, { email: owner?.email })).toBe(409);
});

test('whoever holds the portal’s secret can’t read another client’s', async () => {
  for (const { id } of await admin.clients.find({ realm })) {
    expect(await thief.status('GET', `clients/${id}`)).toBe(403);
    expect(await thief.status('GET', `clients/${id}/client-secret`)).toBe(403);
  }
  expect(await thief.status('GET', 'clients')).toBe(403);
  expect(await thief.status('POST', 'partial-export?exportClients=true')).toBe(403);
  const keys = JSON.stringify(await thief.body('GET', 'components?type=org.keycloak.keys.KeyProvider'));
  expect(keys).not.toMatch(/"(privateKey|secret)":\["(?!\*+")/);
});

test('whoever holds the portal’s secret can’t change the realm, its providers, or who may do what', async () => {
  const [permissions] = await admin.clients.find({ realm, clientId: 'admin-permissions' });
  const authorization = `clients/${permissions?.id}/authz/resource-server`;
  const [held] = await admin.clients.findPermissions({ realm, id: permissions?.id ?? '', name: 'vestibule-sign-ups' });
  const policy = await admin.clients.findPolicyByName({ realm, id: permissions?.id ?? '', name: 'vestibule-portal' });
  const all = { name: 'mine', resourceType: 'Users', scopes: ['manage'], policies: [policy.id] };
  const refused = [
    await thief.status('PUT', '', { adminPermissionsEnabled: false }),
    await thief.status('PUT', '', { registrationAllowed: true }),
    await thief.status('PUT', 'users/profile', {}),
    await thief.status('POST', `${authorization}/permission/scope`, all),
    await thief.status('PUT', `${authorization}/permission/scope/${held?.id}`, { ...held, resources: [] }),
    await thief.status('DELETE', `${authorization}/permission/scope/${held?.id}`),
    await thief.status('PUT', `${authorization}/policy/user/${policy.id}`, { ...policy, users: [] }),
    await thief.status('POST', 'identity-provider/instances', { alias: 'mine', providerId: 'oidc' }),
    await thief.status('POST', 'clients', { clientId: 'mine' }),
    await thief.status('POST', 'components', { name: 'mine', providerType: 'x', providerId: 'y' }),
    await thief.status('POST', 'partialImport', { users: [] }),
    await thief.status('POST', 'workflows', { name: 'mine' }),
    await thief.status('POST', 'organizations', { name: 'mine', domains: [{ name: 'mine.example' }] }),
    await thief.status('GET', 'events'),
    await thief.status('DELETE', 'admin-events'),
    await thief.status('POST', 'logout-all'),
    await thief.status('POST', 'roles', { name: 'mine' }),
  ];
  expect(refused).toEqual(refused.map(() => 403));
});

/** Signs up, confirms the address and signs in. */
async function goAllTheWay(page: Page, name: string): Promise<string> {
  const email = newAddress();
  const { cookie } = await (await openForm(name)).send({ email });
  await page.context().addCookies(
    cookie.split('; ').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return { name: key, value: value.join('='), url: portal(name) };
    }),
  );
  await confirmAddress(page, email);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#kc-login').click();
  await page.waitForURL('**/welcome');
  return email;
}

test('what remains: an unfinished sign-up is the thief’s to change', async () => {
  const email = newAddress();
  await (await openForm(PORTAL)).send({ email });
  const [made] = await admin.users.find({ realm, email, exact: true });
  expect(await thief.status('PUT', `users/${made?.id}`, { requiredActions: made?.requiredActions })).toBe(204);
});

test('whoever has signed in has left the group, and signs out without the portal’s own account', async ({ page }) => {
  const email = await goAllTheWay(page, PORTAL);
  const [user] = await admin.users.find({ realm, email, exact: true });
  const id = user?.id ?? '';
  expect(await admin.users.listGroups({ realm, id })).toEqual([]);
  expect(await thief.status('PUT', `users/${id}/reset-password`, { type: 'password', value: PASSWORD })).toBe(403);
  expect(await thief.status('PUT', `users/${id}/groups/${await idOfGroup(SIGN_UP_GROUP)}`)).toBe(403);

  expect(await admin.users.listSessions({ realm, id })).toHaveLength(1);
  expect((await page.request.get(`${portal(PORTAL)}/api/auth/session`)).status()).toBe(404);
  expect(await page.content()).not.toMatch(/(access|refresh|id)_?token/i);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  expect(await admin.users.listSessions({ realm, id })).toEqual([]);
  expect((await page.context().cookies()).filter(({ name }) => /way-out|next-auth/.test(name))).toEqual([]);
});

test('what remains where terms are asked for: people stay in the group, so that the next version can be kept', async ({
  page,
}) => {
  const email = await goAllTheWay(page, WITH_TERMS);
  const [user] = await admin.users.find({ realm: WITH_TERMS, email, exact: true });
  const groups = await admin.users.listGroups({ realm: WITH_TERMS, id: user?.id ?? '' });
  expect(groups.map(({ path }) => path)).toEqual([SIGN_UP_GROUP_PATH]);
});

test('a confirmed person who has not come back to the portal is let go by the next sweep', async () => {
  const id = await somebody({ groups: [SIGN_UP_GROUP_PATH] });
  const headers = { authorization: `Bearer ${stack.sweepToken}` };
  const answer = await fetch(`${portal(PORTAL)}/api/sweep?apply=true`, { method: 'POST', headers });
  expect(await answer.json()).toMatchObject({ settled: expect.any(Number), complete: true });
  expect(await admin.users.listGroups({ realm, id })).toEqual([]);
  expect(await thief.status('DELETE', `users/${id}`)).toBe(403);
});

test('an account that bears the mark and is not the portal’s to change is answered as any known address', async () => {
  const email = newAddress();
  const attributes = { country: ['DE'], [SIGN_UP_MARK]: ['portal', email] };
  const id = await somebody({ email, emailVerified: false, credentials: [], attributes }, WITH_TERMS);
  const form = await openForm(WITH_TERMS);
  const [known, fresh] = [await form.send({ email }), await form.send({ email: newAddress() })];
  expect([known.status, known.headers.location]).toEqual([fresh.status, fresh.headers.location]);
  expect(known.body).toBe(fresh.body);
  expect(await admin.users.find({ realm: WITH_TERMS, email, exact: true })).toMatchObject([{ id, firstName: 'Olga' }]);
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/account/i)]);
});

test('the old way opens the realm, and set-up closes it: loudly, and only as far as it is asked to', async () => {
  const own = `old-way-${Date.now()}`;
  const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
  const options = { keycloakUrl, adminUsername, adminPassword, realm: own, portalUrls: ['https://portal.example'] };
  await admin.realms.create({ realm: own, enabled: true });
  try {
    const names = { username: 'boss', email: 'boss@example.com', firstName: 'B', lastName: 'Oss', enabled: true };
    const { id: boss } = await admin.users.create({ realm: own, ...names });
    const [management] = await admin.clients.find({ realm: own, clientId: 'realm-management' });
    const clientUniqueId = management?.id ?? '';
    const role = await admin.clients.findRole({ realm: own, id: clientUniqueId, roleName: 'realm-admin' });
    const roles = [{ id: role?.id ?? '', name: role?.name ?? '' }];
    const reset = async () =>
      (await Thief.of(admin, own)).status('PUT', `users/${boss}/reset-password`, { type: 'password', value: PASSWORD });

    const old = await setUpRealm({ ...options, permissions: 'roles' });
    expect(old.notes).toContainEqual(expect.stringMatching(/^ATTENTION: .*by --permissions roles/));
    await admin.users.addClientRoleMappings({ realm: own, id: boss, clientUniqueId, roles });
    expect(await reset()).toBe(204);

    // What was made before there was a group, by the portal and by somebody who is an administrator since.
    const marked = (email: string) => ({ attributes: { [SIGN_UP_MARK]: ['portal', email] } });
    const sign = { username: 'new', email: 'new@example.com', enabled: true };
    const { id: pending } = await admin.users.create({ realm: own, ...sign, ...marked(sign.email) });
    await admin.users.update({ realm: own, id: boss }, { ...names, ...marked(names.email) });

    const dry = await setUpRealm({ ...options, dryRun: true });
    const moved = await setUpRealm(options);
    expect(dry.changes.length).toBeGreaterThan(3);
    expect(moved.notes).toContainEqual(expect.stringMatching(/^ATTENTION: while portal-admin holds manage-users/));
    expect(await reset()).toBe(204);
    expect((await setUpRealm(options)).changes).toEqual([]);
    const members = async () => {
      const id = (await admin.realms.getGroupByPath({ realm: own, path: SIGN_UP_GROUP })).id ?? '';
      return (await admin.groups.listMembers({ realm: own, id })).map((member) => member.username);
    };

    const closed = await setUpRealm({ ...options, removeSurplusRoles: true });
    expect(closed.changes).toEqual([expect.stringContaining('manage-users')]);
    expect(closed.notes.filter((note) => note.startsWith('ATTENTION'))).toEqual([]);
    expect(await reset()).toBe(403);
    expect(await members()).toEqual(['new']);
    expect((await setUpRealm(options)).changes).toEqual([]);

    // A member is made an administrator before the first sign-in: the thief's until set-up takes the account out.
    await admin.users.addClientRoleMappings({ realm: own, id: pending, clientUniqueId, roles });
    expect((await setUpRealm({ ...options, dryRun: true })).changes).toEqual([
      expect.stringMatching(/^take new, who is an administrator, out of the group/),
    ]);
    expect((await setUpRealm(options)).changes).toHaveLength(1);
    expect(await members()).toEqual([]);
    expect((await setUpRealm(options)).changes).toEqual([]);
  } finally {
    await admin.realms.del({ realm: own });
  }
});

test('set-up puts right what somebody made wider or took away', async () => {
  const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
  const own = `wider-${Date.now()}`;
  const options = { keycloakUrl, adminUsername, adminPassword, realm: own, portalUrls: ['https://portal.example'] };
  await admin.realms.create({ realm: own, enabled: true });
  try {
    await setUpRealm(options);
    const [client] = await admin.clients.find({ realm: own, clientId: 'admin-permissions' });
    const query = { realm: own, id: client?.id ?? '' };
    const policy = await admin.clients.findPolicyByName({ ...query, name: 'vestibule-portal' });
    const [lookUp] = await admin.clients.findPermissions({ ...query, name: 'vestibule-look-up' });
    const wider = { ...lookUp, scopes: ['view', 'manage'], resources: [], policies: [policy.id ?? ''] };
    await admin.clients.updatePermission({ ...query, type: 'scope', permissionId: lookUp?.id ?? '' }, wider);
    const more = { name: 'more', resourceType: 'Clients', scopes: ['view'], policies: [policy.id ?? ''] };
    await admin.clients.createPermission({ ...query, type: 'scope' }, more);
    const { changes, notes } = await setUpRealm(options);
    expect(changes).toEqual([expect.stringMatching(/^correct the permission vestibule-look-up/)]);
    expect(notes).toContainEqual(expect.stringMatching(/has permissions beyond those it needs: more/));
    expect((await setUpRealm(options)).changes).toEqual([]);

    // Keycloak removes the permission along with the group, and does not widen it to all groups.
    const group = await admin.realms.getGroupByPath({ realm: own, path: SIGN_UP_GROUP });
    await admin.groups.del({ realm: own, id: group.id ?? '' });
    expect(await admin.clients.findPermissions({ ...query, name: 'vestibule-sign-ups' })).toEqual([]);
    expect((await setUpRealm(options)).changes).toHaveLength(2);

    await admin.realms.update({ realm: own }, { adminPermissionsEnabled: false });
    expect((await setUpRealm(options)).changes).toEqual([expect.stringContaining('adminPermissionsEnabled')]);
    expect((await setUpRealm(options)).changes).toEqual([]);
  } finally {
    await admin.realms.del({ realm: own });
  }
});
