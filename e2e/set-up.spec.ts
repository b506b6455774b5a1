import { expect, test } from '@playwright/test';
import { setUpRealm } from '../keycloak/set-up-realm';
import { portal, stack } from './stack';

test('a second set-up of the realm changes nothing', async () => {
  const { url, realm, adminUsername, adminPassword } = stack.keycloak;
  const { changes } = await setUpRealm({
    keycloakUrl: url,
    realm,
    adminUsername,
    adminPassword,
    portalUrls: Object.keys(stack.portals).map(portal),
  });
  expect(changes).toEqual([]);
});
