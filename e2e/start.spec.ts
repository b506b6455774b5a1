import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newestBuild } from './build';
import { expect, test } from './fixtures';
import { startServer } from './server';
import { realmAdmin, stack } from './stack';

test('wrong configuration stops the start and names every variable with its mend', async () => {
  const server = startServer({
    PASSWORD_MODE: 'sometimes',
    PORTAL_URL: 'here',
    PORTAL_CONFIG: '{"brand":{"colors":{"light":{"accent":"#ffe08a"}}}}',
  });
  const code = await server.ended;
  const said = server.said();
  expect(code).toBe(1);
  for (const line of [
    'PORTAL_URL must be an http or https address',
    'PORTAL_SECRET must be set',
    'KEYCLOAK_URL must be',
    'PASSWORD_MODE must be after-verification, form or passkey',
    'HCAPTCHA_SITE_KEY must be set when CAPTCHA is hcaptcha',
    'PORTAL_CONFIG brand.colors.light: onAccent (#ffffff, which is not set here) on accent (#ffe08a)',
  ])
    expect(said).toContain(line);
});

test('an account that holds more than it needs is named loudly at start, with the mend', async () => {
  const { url, realm } = stack.keycloak;
  const admin = await realmAdmin();
  const clientId = 'portal-with-too-much';
  const { id } = await admin.clients.create({
    realm,
    clientId,
    secret: 'only-in-this-test',
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
  });
  const [management] = await admin.clients.find({ realm, clientId: 'realm-management' });
  const account = await admin.clients.getServiceAccountUser({ realm, id });
  const role = await admin.clients.findRole({ realm, id: management?.id ?? '', roleName: 'view-clients' });
  await admin.users.addClientRoleMappings({
    realm,
    id: account.id ?? '',
    clientUniqueId: management?.id ?? '',
    roles: [{ id: role?.id ?? '', name: 'view-clients' }],
  });
  const server = startServer({
    PORTAL_URL: 'http://localhost:1',
    PORTAL_SECRET: 'a secret of more than thirty-two characters',
    KEYCLOAK_URL: url,
    KEYCLOAK_REALM: realm,
    KEYCLOAK_CLIENT_SECRET: 'unused',
    KEYCLOAK_ADMIN_CLIENT_ID: clientId,
    KEYCLOAK_ADMIN_CLIENT_SECRET: 'only-in-this-test',
    CAPTCHA: 'none',
  });
  try {
    await expect
      .poll(server.said)
      .toMatch(/"event":"service-account.surplus-role","role":"view-clients".*shows every client's secret in clear/);
  } finally {
    server.kill();
    await admin.clients.del({ realm, id });
  }
});

test('nothing of the local stack is in a build', () => {
  const root = newestBuild();
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    // Next copies the project's manifest, which names the tools but holds none.
    .filter((file) => file !== join(root, 'package.json'));
  expect(files.length).toBeGreaterThan(20);
  const secrets = [stack.captcha.secret, stack.captcha.siteKey, stack.captcha.url, stack.keycloak.adminPassword];
  const traces = [...secrets.filter((text) => text.length > 8), 'SMTPServer', 'stack/captcha'];
  const found = files.filter((file) => traces.some((trace) => readFileSync(file, 'latin1').includes(trace)));
  expect(found).toEqual([]);
});
