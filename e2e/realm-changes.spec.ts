import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { expect, type Page, test } from './fixtures';
import { logFromNow, portal, realmAdmin, refreshRealm, stack } from './stack';

/** The portal and the realm that this file has to itself. */
const PORTAL = 'changes';
const realm = PORTAL;

let admin: KeycloakAdminClient;
/** How to put back what a test has changed, the latest change last. */
const undo: (() => Promise<unknown>)[] = [];

test.beforeEach(async () => {
  admin = await realmAdmin();
});

test.afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  expect((await refreshRealm(PORTAL)).status).toBe(200);
});

/** Changes the user profile until the test ends. */
async function changeProfile(
  change: (attributes: readonly { name?: string }[]) => readonly { name?: string }[],
): Promise<void> {
  const before = await admin.users.getProfile({ realm });
  undo.push(() => admin.users.updateProfile({ ...before, realm }));
  await admin.users.updateProfile({ ...before, realm, attributes: [...change(before.attributes ?? [])] });
}

/** Changes the realm's settings until the test ends. */
async function changeRealm(settings: { passwordPolicy?: string; supportedLocales?: string[] }): Promise<void> {
  const before = await admin.realms.findOne({ realm });
  undo.push(() => admin.realms.update({ realm }, { ...before }));
  await admin.realms.update({ realm }, settings);
}

/** Words a text of the realm anew until the test ends. */
async function changeText(locale: string, key: string, text: string): Promise<void> {
  const query = { realm, selectedLocale: locale, key };
  const before = (await admin.realms.getRealmLocalizationTexts({ realm, selectedLocale: locale }))[key];
  undo.push(() =>
    before === undefined
      ? admin.realms.deleteRealmLocalizationTexts(query)
      : admin.realms.addLocalization(query, before),
  );
  await admin.realms.addLocalization(query, text);
}

async function open(page: Page, locale = 'en'): Promise<void> {
  await page.goto(`${portal(PORTAL)}/${locale}/sign-up`);
}

/** The languages that the page offers. */
function languages(page: Page) {
  return page.locator('header details li');
}

test('an attribute, a policy, a text and a language show at once after the call', async ({ page }) => {
  const { passwordPolicy } = (await admin.realms.findOne({ realm })) ?? {};
  await changeRealm({ supportedLocales: ['en', 'de'] });
  expect((await refreshRealm(PORTAL)).status).toBe(200);
  await open(page);
  await expect(languages(page)).toHaveCount(2);
  // The texts of both languages have been read before they change.
  await open(page, 'de');
  await expect(page.locator('[name="berth"]')).toHaveCount(0);

  await changeText('en', 'changes.berth', 'Number of your berth');
  await changeText('de', 'changes.berth', 'Nummer Ihres Liegeplatzes');
  const everyone = ['admin', 'user'];
  const berth = { displayName: `\${changes.berth}`, permissions: { view: everyone, edit: everyone } };
  await changeProfile((attributes) => [...attributes, { name: 'berth', ...berth }]);
  await changeRealm({
    passwordPolicy: `${passwordPolicy} and specialChars(3)`,
    supportedLocales: ['en', 'de', 'ar'],
  });
  const answer = await refreshRealm(PORTAL);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ status: 'refreshed' });

  await open(page);
  await expect(page.getByLabel('Number of your berth')).toHaveAttribute('name', 'berth');
  await expect(page.getByRole('listitem').filter({ hasText: 'at least 3 special characters' })).toBeVisible();
  await expect(languages(page)).toHaveCount(3);
  await open(page, 'de');
  await expect(page.getByLabel('Nummer Ihres Liegeplatzes')).toHaveAttribute('name', 'berth');
  await open(page, 'ar');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
});

test('without the call a changed text shows within a minute', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await changeText('en', 'profile.phone', 'Telephone on board');
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByLabel('Telephone on board').count();
      },
      { timeout: 60_000, intervals: [1_000] },
    )
    .toBe(1);
});

/** Ways to lose the realm: one that gets a refusal, one that gets an answer with next to nothing in it. */
const LOSSES = [
  { way: 'the service account is disabled', lose: disableAccount, reason: /TokenRefused 401/ },
  { way: 'the service account has lost view-realm', lose: takeViewRealm, reason: /view-realm/ },
] as const;

async function portalAdmin(): Promise<string> {
  const [client] = await admin.clients.find({ realm, clientId: 'portal-admin' });
  return client?.id ?? '';
}

async function disableAccount(): Promise<void> {
  const query = { realm, id: await portalAdmin() };
  undo.push(() => admin.clients.update(query, { enabled: true }));
  await admin.clients.update(query, { enabled: false });
}

async function takeViewRealm(): Promise<void> {
  const [management] = await admin.clients.find({ realm, clientId: 'realm-management' });
  const clientUniqueId = management?.id ?? '';
  const account = await admin.clients.getServiceAccountUser({ realm, id: await portalAdmin() });
  const role = await admin.clients.findRole({ realm, id: clientUniqueId, roleName: 'view-realm' });
  const mapping = {
    realm,
    id: account.id ?? '',
    clientUniqueId,
    roles: [{ id: role?.id ?? '', name: role?.name ?? '' }],
  };
  undo.push(() => admin.users.addClientRoleMappings(mapping));
  await admin.users.delClientRoleMappings(mapping);
}

for (const { way, lose, reason } of LOSSES) {
  test(`the last good realm serves on, and the log says so: ${way}`, async ({ page }) => {
    const logged = logFromNow(PORTAL);
    await lose();
    const answer = await refreshRealm(PORTAL);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'unreadable' });
    await open(page);
    await expect(page.locator('[name="email"]')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'at least 10 characters' })).toBeVisible();
    await expect(languages(page)).toHaveCount(3);
    await expect
      .poll(() => logged('realm.unreadable'))
      .toContainEqual(
        expect.objectContaining({
          level: 'warn',
          reason: expect.stringMatching(reason),
          lastGoodSnapshotServes: true,
        }),
      );
  });
}

test('an attribute that Keycloak would drop in silence is named in the log, once, with the mend', async () => {
  const logged = logFromNow(PORTAL);
  const onlyUser = { permissions: { view: ['user'], edit: ['user'] } };
  await changeProfile((attributes) =>
    attributes.map((attribute) => (attribute.name === 'phone' ? { ...attribute, ...onlyUser } : attribute)),
  );
  await refreshRealm(PORTAL);
  await refreshRealm(PORTAL);
  // A line that comes after all that was said of the profile.
  await disableAccount();
  await refreshRealm(PORTAL);
  await expect.poll(() => logged('realm.unreadable')).not.toEqual([]);
  expect(logged('realm.profile-fault')).toEqual([
    expect.objectContaining({
      level: 'warn',
      attribute: 'phone',
      fault: 'not-writable',
      mend: 'give admin edit permission',
    }),
  ]);
});

test.describe('the call', () => {
  const call = (name: string, init?: RequestInit) => fetch(`${portal(name)}/api/realm/refresh`, init);

  test('is for whoever holds the token alone', async () => {
    for (const authorization of [undefined, '', 'Bearer', 'Bearer wrong', `Basic ${stack.refreshToken}`]) {
      const answer = await call(PORTAL, {
        method: 'POST',
        ...(authorization === undefined ? {} : { headers: { authorization } }),
      });
      expect(answer.status, String(authorization)).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toBe('');
    }
  });

  test('is not there where no token is set', async () => {
    expect((await refreshRealm('strict')).status).toBe(404);
  });

  test('is a POST and nothing else', async () => {
    const headers = { authorization: `Bearer ${stack.refreshToken}` };
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await call(PORTAL, { method, headers })).status, method).toBe(405);
  });
});
