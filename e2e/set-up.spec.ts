import { expect, test } from '@playwright/test';
import { setUpRealm } from '../keycloak/set-up-realm';
import { stack } from './stack';

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
