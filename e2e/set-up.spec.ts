import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { expect, test } from '@playwright/test';
import { PASSKEY_ACTION } from '../keycloak/passkeys';
import { setUpRealm } from '../keycloak/set-up-realm';
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
