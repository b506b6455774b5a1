import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { updateClientFile } from '../keycloak/client-file';
import { PASSKEY_ACTION } from '../keycloak/passkeys';
import { setUpRealm } from '../keycloak/set-up-realm';
import { expect, test } from './fixtures';
import { BRANDS } from './portal-config';
import { portal, realmAdmin, stack } from './stack';

test('a second set-up of the realm changes nothing', async () => {
  const { url, realm, adminUsername, adminPassword } = stack.keycloak;
  const { changes } = await setUpRealm({
    keycloakUrl: url,
    realm,
    adminUsername,
    adminPassword,
    portalUrls: Object.values(stack.portals)
      .filter((portal) => portal.realm === realm)
      .map((portal) => portal.url),
  });
  expect(changes).toEqual([]);
});

test('a second set-up of passkeys and providers changes nothing; what is missing is put right', async () => {
  const { url, adminUsername, adminPassword } = stack.keycloak;
  const realm = 'ways';
  const options = {
    keycloakUrl: url,
    realm,
    adminUsername,
    adminPassword,
    portalUrls: [portal(realm)],
    passkeys: true,
    identityProviders: true,
  };
  const admin = await realmAdmin();
  expect((await setUpRealm(options)).changes).toEqual([]);
  const before = await admin.realms.findOne({ realm });
  await admin.realms.update({ realm }, { ...before, webAuthnPolicyPasswordlessPasskeysEnabled: false });
  await admin.authenticationManagement.deleteRequiredAction({ realm, alias: PASSKEY_ACTION });
  expect((await setUpRealm({ ...options, dryRun: true })).changes).toHaveLength(2);
  expect((await setUpRealm(options)).changes).toHaveLength(2);
  expect((await setUpRealm(options)).changes).toEqual([]);
  const fields = await admin.realms.findOne({ realm });
  expect(fields).toMatchObject({
    webAuthnPolicyPasswordlessPasskeysEnabled: true,
    webAuthnPolicyPasswordlessResidentKey: 'required',
    webAuthnPolicyPasswordlessUserVerificationRequirement: 'required',
  });
  const action: RequiredActionProviderRepresentation = await admin.authenticationManagement.getRequiredActionForAlias({
    realm,
    alias: PASSKEY_ACTION,
  });
  expect(action.enabled).toBe(true);
});

test('facts about clients are written into the configuration’s file, and a second run says what differs', async () => {
  const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
  const access = { keycloakUrl, realm: BRANDS, adminUsername, adminPassword };
  const folder = mkdtempSync(join(tmpdir(), 'clients-'));
  const file = join(folder, 'portal.json');
  const written = () => JSON.parse(readFileSync(file, 'utf8'));
  const own = { brand: { name: 'Mine' }, clients: { shop: { name: 'My shop', captcha: 'none' } } };
  writeFileSync(file, JSON.stringify(own));

  const dry = await updateClientFile(access, file, true);
  expect(dry.changes).toEqual([
    expect.stringMatching(/^add client developers in /),
    expect.stringMatching(/^update client shop \(.*origins.*\) in /),
  ]);
  expect(written()).toEqual(own);
  expect((await updateClientFile(access, file, false)).changes).toEqual(dry.changes);
  expect(written()).toMatchObject({
    brand: { name: 'Mine' },
    clients: {
      shop: {
        name: 'My shop',
        captcha: 'none',
        baseUrl: `${stack.product.url}/`,
        logoUri: `${stack.product.url}/logo.svg`,
        policyUri: `${stack.product.url}/privacy`,
        tosUri: `${stack.product.url}/terms`,
        origins: [stack.product.url],
        optionalScopes: expect.arrayContaining(['loyalty']),
      },
      developers: { name: 'Tideline', origins: [stack.developers.url] },
    },
  });
  expect((await updateClientFile(access, file, false)).changes).toEqual([]);

  const admin = await realmAdmin();
  const [client] = await admin.clients.find({ realm: BRANDS, clientId: 'developers' });
  const query = { realm: BRANDS, id: client?.id ?? '' };
  await admin.clients.update(query, { ...client, webOrigins: [stack.developers.url, 'https://docs.example.com', '*'] });
  try {
    expect((await updateClientFile(access, file, false)).changes).toEqual([
      `update client developers (origins) in ${file}`,
    ]);
    expect(written().clients.developers.origins).toEqual([stack.developers.url, 'https://docs.example.com']);
  } finally {
    await admin.clients.update(query, { ...client });
    rmSync(folder, { recursive: true });
  }
});

test('the user profile gets what keeps the evidence of consent, once', async () => {
  const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
  const admin = await realmAdmin();
  const options = {
    keycloakUrl,
    realm: BRANDS,
    adminUsername,
    adminPassword,
    portalUrls: [portal(BRANDS)],
    terms: true,
  };
  expect((await setUpRealm(options)).changes).toEqual([]);
  const before = await admin.users.getProfile({ realm: BRANDS });
  const attributes = before.attributes?.filter(({ name }) => !name?.startsWith('vestibule_')) ?? [];
  await admin.users.updateProfile({ ...before, realm: BRANDS, attributes });
  expect((await setUpRealm({ ...options, dryRun: true })).changes).toEqual([
    expect.stringContaining('vestibule_terms'),
  ]);
  expect((await setUpRealm(options)).changes).toHaveLength(1);
  expect((await setUpRealm(options)).changes).toEqual([]);
  const after = await admin.users.getProfile({ realm: BRANDS });
  const byName = (profile: typeof before) =>
    profile.attributes?.toSorted((one, other) => `${one.name}`.localeCompare(`${other.name}`));
  expect({ ...after, attributes: byName(after) }).toEqual({ ...before, attributes: byName(before) });
});
