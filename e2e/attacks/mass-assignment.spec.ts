import { expect, test } from '../fixtures';
import { portal, realmAdmin, refreshRealm } from '../stack';
import { mailsTo, newAddress } from '../visitor';
import { postForm } from './raw';

/** The portal and the realm of these tests: no CAPTCHA, and each visitor with an address of their own. */
const PORTAL = 'known';
const realm = PORTAL;

async function accountOf(email: string) {
  const admin = await realmAdmin();
  const [found] = await admin.users.find({ realm, email, exact: true, briefRepresentation: false });
  if (found?.id === undefined) return undefined;
  const [groups, roles, credentials, links] = await Promise.all([
    admin.users.listGroups({ realm, id: found.id }),
    admin.users.listRealmRoleMappings({ realm, id: found.id }),
    admin.users.getCredentials({ realm, id: found.id }),
    admin.users.listFederatedIdentities({ realm, id: found.id }),
  ]);
  const names = (all: { name?: string | undefined }[]) => all.map(({ name = '' }) => name).sort();
  const { attributes, id: _id, username: _name, email: _email, createdTimestamp: _time, ...rest } = found;
  return {
    ...rest,
    created: found.createdTimestamp ?? 0,
    id: found.id,
    // The portal's own mark and the language are there for everyone.
    attributes: Object.keys(attributes ?? {}).sort(),
    groups: names(groups),
    roles: names(roles),
    credentials: credentials.map(({ type }) => type),
    links,
  };
}

const ID = '11111111-2222-3333-4444-555555555555';

/** What a sender would like to be, in the words of Keycloak's `UserRepresentation` and of forms' usual tricks. */
const WISHES: readonly (readonly [string, string])[] = [
  ['enabled', 'true'],
  ['emailVerified', 'true'],
  ['id', ID],
  ['createdTimestamp', '1'],
  ['realmRoles', 'admin'],
  ['realmRoles[]', 'admin'],
  ['clientRoles', '{"realm-management":["realm-admin"]}'],
  ['clientRoles[realm-management][]', 'realm-admin'],
  ['groups', '/administrators'],
  ['requiredActions', 'CONFIGURE_TOTP'],
  ['requiredActions[]', ''],
  ['credentials', '[{"type":"password","value":"planted-password"}]'],
  ['credentials[0][value]', 'planted-password'],
  ['password', 'planted-password'],
  ['password-confirm', 'planted-password'],
  ['federatedIdentities', '[{"identityProvider":"partner","userId":"1","userName":"x"}]'],
  ['federationLink', 'ldap'],
  ['serviceAccountClientId', 'portal-admin'],
  ['notBefore', '1'],
  ['access', '{"manage":true}'],
  ['attributes', '{"customerTier":["gold"]}'],
  ['attributes.customerTier', 'gold'],
  ['attributes[customerTier]', 'gold'],
  ['user.attributes.customerTier', 'gold'],
  ['customerTier', 'gold'],
  ['vestibule.sign-up', 'made-up'],
  ['vestibule.terms', 'made-up'],
  ['terms_and_conditions', '1'],
  ['locale', 'ar'],
  ['kc.email.pending', 'other@example.com'],
  ['LDAP_ID', '1'],
  ['__proto__', 'polluted'],
  ['__proto__.enabled', 'true'],
  ['__proto__[emailVerified]', 'true'],
  ['constructor', 'polluted'],
  ['constructor.prototype.emailVerified', 'true'],
  ['prototype', 'polluted'],
  ['toString', 'polluted'],
  ['hasOwnProperty', 'polluted'],
  ['valueOf', 'polluted'],
];

test('[v5.0.0-15.3.3] nothing that the form does not ask for gets onto an account', async () => {
  const plain = await postForm(PORTAL, {});
  const wished = await postForm(PORTAL, {}, WISHES);
  expect([plain.answer.status, wished.answer.status]).toEqual([303, 303]);
  const [usual, account] = [await accountOf(plain.email), await accountOf(wished.email)];
  expect(usual).toBeDefined();
  expect({ ...account, id: '', created: 0 }).toEqual({ ...usual, id: '', created: 0 });
  expect(account?.id).not.toBe(ID);
  expect(account?.created).toBeGreaterThan(Date.now() - 600_000);
  expect(account).toMatchObject({ enabled: true, emailVerified: false, credentials: [], links: [] });
  expect(await mailsTo(wished.email)).toHaveLength(1);
});

test('[v5.0.0-15.3.3] where the address is the name, a name that is sent counts for nothing', async () => {
  const admin = await realmAdmin();
  await admin.realms.update({ realm }, { registrationEmailAsUsername: true });
  try {
    expect((await refreshRealm(PORTAL)).status).toBe(200);
    const { email } = await postForm(PORTAL, {}, [['username', 'administrator']]);
    const [found] = await admin.users.find({ realm, email, exact: true });
    expect(found?.username).toBe(email);
    expect(await admin.users.find({ realm, username: 'administrator', exact: true })).toEqual([]);
  } finally {
    await admin.realms.update({ realm }, { registrationEmailAsUsername: false });
    await refreshRealm(PORTAL);
  }
});

test('[v5.0.0-15.3.7] of a field that comes twice no value slips past the rules', async () => {
  const email = newAddress();
  const { answer } = await postForm(PORTAL, { email }, [['email', `second-${email}`]]);
  expect(answer.status).toBe(200);
  expect(await accountOf(email)).toBeUndefined();
  expect(await accountOf(`second-${email}`)).toBeUndefined();
});

test('[v5.0.0-15.3.6] names of JavaScript’s own are clients and parameters of nobody', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype']) {
    for (const path of ['/en/sign-up', '/en/embed/sign-up', '/en/terms', '/en/welcome']) {
      const response = await fetch(`${portal(PORTAL)}${path}?client_id=${name}&${name}=x&${name}[a]=x`, {
        redirect: 'manual',
      });
      expect.soft(response.status, `${path} ${name}`).toBeLessThan(400);
      expect
        .soft(response.headers.get('content-security-policy') ?? "frame-ancestors 'none'")
        .toContain("frame-ancestors 'none'");
    }
  }
});
