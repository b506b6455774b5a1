import { describe, expect, it } from 'vitest';
import { factsOf, isProduct, mergeClientFacts } from './client-facts';
import { parseConfigFile } from './client-file';
import { covers, differences, union } from './compare';
import { withConsent } from './consent-profile';
import demoProfile from './demo-profile.json' with { type: 'json' };
import demoAr from './demo-texts/ar.json' with { type: 'json' };
import demoDe from './demo-texts/de.json' with { type: 'json' };
import demoEn from './demo-texts/en.json' with { type: 'json' };
import { PASSKEY_ACTION, passkeyPolicy, passkeyPolicyChange } from './passkeys';
import { PORTAL_PERMISSIONS } from './permissions';
import { clientDifferences, portalOrigin, portalUris, wantedAdminClient, wantedPortalClient } from './portal-clients';
import { describeRoles } from './portal-token';
import { profileNotes } from './profile-notes';
import { passwordNotes, settingChanges, settingNotes } from './realm-settings';
import { neededRoles, surplusRoles } from './roles';
import { readInputs } from './setup-inputs';
import { decideTexts, portalLocales, portalTexts } from './texts';

const catalogues = { portal: portalTexts, demo: { en: demoEn, de: demoDe, ar: demoAr } };

describe.each(Object.entries(catalogues))('the %s texts', (_name, catalogue) => {
  const english = Object.entries(catalogue).find(([locale]) => locale === 'en')?.[1].texts ?? {};

  it.each(Object.entries(catalogue))('%s has every key', (_locale, { texts }) => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
  });

  it.each(Object.entries(catalogue))('%s survives MessageFormat', (_locale, { texts }) => {
    const broken = Object.entries(texts).filter(([, text]) =>
      /'|\{(?!\d\})|(?<!\{\d)\}/.test(text.replaceAll("''", '')),
    );
    expect(broken).toEqual([]);
  });

  it.each(Object.entries(catalogue))('%s fills in the same values as English', (_locale, { texts }) => {
    const places = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort();
    for (const [key, text] of Object.entries<string>(texts)) {
      expect(places(text), key).toEqual(places(String(Object.entries(english).find(([name]) => name === key)?.[1])));
    }
  });
});

describe('the mail', () => {
  it.each(Object.entries(portalTexts))(
    '%s names link, product, steps and life, and loads nothing',
    (locale, { texts }) => {
      for (const place of ['{0}', '{2}', '{3}', '{4}']) {
        expect(texts.executeActionsBody).toContain(place);
        expect(texts.executeActionsBodyHtml).toContain(place);
      }
      expect(texts.executeActionsBodyHtml).not.toMatch(/<img|url\(/);
      expect(texts.executeActionsBodyHtml).toContain(`direction:${locale === 'ar' ? 'rtl' : 'ltr'}`);
    },
  );
});

describe('the policy for passkeys', () => {
  it('is left alone where it is right, whatever else the realm says', () => {
    expect(passkeyPolicyChange({ ...passkeyPolicy, enabled: true }).fields).toEqual([]);
  });

  it('is sent whole where a field differs: Keycloak forgets what is not said', () => {
    const held = { webAuthnPolicyPasswordlessRpId: 'example.com', webAuthnPolicyPasswordlessMediation: 'none' };
    const passkeysOff = { ...passkeyPolicy, ...held, webAuthnPolicyPasswordlessPasskeysEnabled: false };
    expect(passkeyPolicyChange({ ...passkeysOff, enabled: true })).toEqual({
      fields: ['webAuthnPolicyPasswordlessPasskeysEnabled'],
      update: { webAuthnPolicyPasswordlessRpEntityName: 'keycloak', ...held, ...passkeyPolicy },
    });
  });

  it('is worded in every language of the portal', () => {
    for (const { texts } of Object.values(portalTexts)) expect(texts[`requiredAction.${PASSKEY_ACTION}`]).toBeTruthy();
  });
});

describe('the demo profile', () => {
  it('has a text for every key it names', () => {
    const keycloaks = ['username', 'email', 'firstName', 'lastName'];
    const named = [...JSON.stringify(demoProfile).matchAll(/\$\{([^}]+)\}/g)].map(([, key]) => String(key));
    const errors = [...JSON.stringify(demoProfile).matchAll(/"error-message":"([^"]+)"/g)].map(([, key]) =>
      String(key),
    );
    const known = [...Object.keys(demoEn.texts), ...keycloaks];
    expect([...named, ...errors].filter((key) => !known.includes(key))).toEqual([]);
  });

  it('labels every option', () => {
    const prefixed = demoProfile.attributes.flatMap(({ annotations, validations }) =>
      annotations && 'inputOptionLabelsI18nPrefix' in annotations && validations && 'options' in validations
        ? (validations.options?.options ?? []).map((option) => `${annotations.inputOptionLabelsI18nPrefix}.${option}`)
        : [],
    );
    expect(prefixed.length).toBeGreaterThan(10);
    expect(prefixed.filter((key) => !Object.keys(demoEn.texts).includes(key))).toEqual([]);
  });
});

describe('decideTexts', () => {
  const ours = { texts: { a: 'new', b: 'same', c: 'ours', d: 'fresh' }, earlier: { a: ['old'] } };

  it('sets what is missing or formerly ours, and keeps the operator’s words', () => {
    expect(decideTexts({ a: 'old', b: 'same', c: 'theirs' }, ours)).toEqual({
      set: { a: 'new', d: 'fresh' },
      kept: ['c'],
    });
  });
});

describe('compare', () => {
  it('ignores what Keycloak adds, and sees what differs', () => {
    expect(covers({ a: 1, more: true, list: [{ x: 1, y: 2 }] }, { a: 1, list: [{ x: 1 }] })).toBe(true);
    expect(covers({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toBe(false);
    expect(differences({ a: 1, b: [1] }, { a: 1, b: [2], c: false })).toEqual({ b: [2], c: false });
    expect(union(['x', 'a'], ['a', 'b'])).toEqual(['x', 'a', 'b']);
  });
});

describe('the user profile', () => {
  it('is left alone, and what the portal can’t store is said with the mend', () => {
    expect(profileNotes(demoProfile, false)).toEqual([]);
    const note = profileNotes(
      { attributes: [{ name: 'phone', permissions: { view: ['user'], edit: ['user'] } }] },
      false,
    );
    expect(note).toEqual([expect.stringMatching(/phone.*give admin edit permission/)]);
  });
});

describe('the evidence of consent', () => {
  it('gets attributes that administrators alone see and edit, beside what is there, and once', () => {
    const made = withConsent(demoProfile);
    expect(made?.attributes?.map(({ name }) => name)).toEqual([
      ...demoProfile.attributes.map(({ name }) => name),
      'vestibule_terms',
      'vestibule_marketing',
    ]);
    for (const { permissions, required } of made?.attributes?.slice(-2) ?? []) {
      expect(permissions).toEqual({ view: ['admin'], edit: ['admin'] });
      expect(required).toBeUndefined();
    }
    expect(withConsent(made ?? {})).toBeUndefined();
  });

  it('is put right where users could edit it', () => {
    const made = withConsent({});
    const tampered = made?.attributes?.map((one) => ({
      ...one,
      permissions: { view: ['user'], edit: ['user', 'admin'] },
    }));
    expect(withConsent({ ...made, ...(tampered && { attributes: tampered }) })).toEqual(made);
  });
});

describe('the portal’s clients', () => {
  const urls = ['https://accounts.example.com', 'http://localhost:3000'];

  it('has exact addresses only, for each origin and language', () => {
    const { login, logout } = portalUris(urls, portalLocales);
    expect(login).toContain('https://accounts.example.com/api/auth/callback/keycloak');
    expect(login).toContain('http://localhost:3000/ar/sign-up/verified');
    expect(logout).toContain('https://accounts.example.com/de/signed-out');
    expect([...login, ...logout].filter((uri) => uri.includes('*'))).toEqual([]);
    expect(login).toHaveLength(8);
  });

  it('finds nothing to do on what it made itself, in whatever order Keycloak lists the addresses', () => {
    const made = wantedPortalClient(undefined, urls, portalLocales);
    const listed = { ...made, redirectUris: [...(made.redirectUris ?? [])].reverse() };
    expect(clientDifferences(listed, wantedPortalClient(listed, urls, portalLocales))).toEqual([]);
    const service = wantedAdminClient(undefined);
    expect(clientDifferences(service, wantedAdminClient(service))).toEqual([]);
  });

  it('corrects what makes it weaker and keeps addresses that an operator added', () => {
    const made = wantedPortalClient(undefined, urls, portalLocales);
    const tampered = {
      ...made,
      directAccessGrantsEnabled: true,
      redirectUris: ['https://extra.example/cb'],
      attributes: {
        'pkce.code.challenge.method': 'plain',
        'post.logout.redirect.uris': 'https://extra.example/bye##-',
      },
    };
    const wanted = wantedPortalClient(tampered, urls, portalLocales);
    expect(clientDifferences(tampered, wanted)).toEqual([
      'directAccessGrantsEnabled',
      'redirectUris',
      'pkce.code.challenge.method',
      'post.logout.redirect.uris',
    ]);
    expect(wanted.redirectUris).toContain('https://extra.example/cb');
    expect(wanted.attributes?.['post.logout.redirect.uris']).toMatch(/^https:\/\/extra\.example\/bye##https:/);
  });

  it.each([
    ['https://a.example/', 'https://a.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://a.example/path', undefined],
    ['https://user@a.example', undefined],
    ['ftp://a.example', undefined],
    ['a.example', undefined],
  ])('takes %s as %s', (url, origin) => {
    expect(portalOrigin(url)).toBe(origin);
  });
});

describe('permissions', () => {
  it('let nobody be managed but the members of one group, and nobody be put into it', () => {
    const scopes = Object.fromEntries(PORTAL_PERMISSIONS.map((one) => [one.resourceType, one.scopes]));
    expect(scopes.Users).toEqual(['view']);
    for (const scope of ['manage', 'impersonate-members']) expect(scopes.Groups).not.toContain(scope);
  });
});

describe('roles', () => {
  const held = [
    { client: '', name: 'default-roles-shop' },
    { client: 'realm-management', name: 'manage-users' },
    { client: 'realm-management', name: 'view-clients' },
    { client: 'realm-management', name: 'view-identity-providers' },
  ];

  it('calls everything beyond the list surplus, view-clients above all', () => {
    expect(surplusRoles(held, neededRoles(false, false), 'default-roles-shop').map(({ name }) => name)).toEqual([
      'view-clients',
      'view-identity-providers',
    ]);
    expect(surplusRoles(held, neededRoles(true, false), 'default-roles-shop').map(({ name }) => name)).toEqual([
      'view-clients',
    ]);
  });

  it('manage-users is needed only where there is nothing smaller, and is surplus elsewhere', () => {
    expect(neededRoles(false, true).map(({ name }) => name)).toEqual(['view-realm']);
    expect(neededRoles(true, true).map(({ name }) => name)).toEqual(['view-realm', 'view-identity-providers']);
    expect(surplusRoles(held, neededRoles(true, true), 'default-roles-shop').map(({ name }) => name)).toEqual([
      'manage-users',
      'view-clients',
    ]);
  });

  it('says what a token carries too much or too little', () => {
    const claims = (roles: string[]) => ({ resource_access: { 'realm-management': { roles } } });
    expect(describeRoles(claims(['view-realm', 'manage-users']), neededRoles(false, false))).toBe(
      'the token of portal-admin carries manage-users, view-realm',
    );
    expect(describeRoles(claims(['view-clients', 'view-realm']), neededRoles(false, false))).toContain(
      'manage-users missing',
    );
    expect(describeRoles(claims(['view-clients', 'view-realm']), neededRoles(false, false))).toContain(
      'view-clients more',
    );
    expect(describeRoles({}, neededRoles(false, false))).toContain('carries no role');
  });
});

describe('settings', () => {
  const ready = {
    registrationAllowed: false,
    verifyEmail: true,
    internationalizationEnabled: true,
    supportedLocales: ['fr', ...portalLocales],
    smtpServer: { host: 'mail', from: 'a@b.example', connectionTimeout: '500', timeout: '2000', writeTimeout: '2000' },
  };

  it('leaves a ready realm alone', () => {
    expect(settingChanges(ready, portalLocales)).toEqual([]);
    expect(settingNotes(ready)).toEqual([]);
  });

  it('keeps further languages, the mail server’s settings and shorter limits', () => {
    const smtpServer = { host: 'mail', password: '**********', connectionTimeout: '500', timeout: '10000' };
    const updates = settingChanges({ ...ready, supportedLocales: ['fr'], smtpServer }, ['en']).map(
      ({ update }) => update,
    );
    expect(updates).toEqual([
      { supportedLocales: ['fr', 'en'] },
      { smtpServer: { ...smtpServer, timeout: '2000', writeTimeout: '2000' } },
    ]);
  });

  it('warns where no mail can be sent, and sets no limits there', () => {
    const realm = { ...ready, smtpServer: {} };
    expect(settingChanges(realm, portalLocales)).toEqual([]);
    expect(settingNotes(realm).join()).toContain('no mail server');
  });

  it('says what the password policy lets pass, and is silent where it has all', () => {
    expect(passwordNotes({}).join()).toContain('no passwordBlacklist, notUsername, notEmail (');
    expect(passwordNotes({ passwordPolicy: 'length(8) and notEmail(undefined)' }).join()).not.toContain('notEmail');
    const all = 'passwordBlacklist(common.txt) and notUsername(undefined) and notEmail(undefined)';
    expect(passwordNotes({ passwordPolicy: all })).toEqual([]);
  });
});

describe('client facts', () => {
  const shop = {
    clientId: 'shop',
    name: 'Harbour Shop',
    enabled: true,
    standardFlowEnabled: true,
    secret: 'not for the portal',
    rootUrl: 'https://shop.example',
    baseUrl: '/home',
    attributes: { tosUri: 'https://shop.example/terms', logoUri: 'javascript:alert(1)' },
    webOrigins: ['https://shop.example', '+', '*', 'https://*.shop.example'],
    redirectUris: [
      'https://shop.example/*',
      'http://localhost:3000/callback',
      'https://*.shop.example/*',
      'app:/done',
      '/in',
    ],
    defaultClientScopes: ['profile', 'email'],
    optionalClientScopes: [],
  };
  const facts = { shop: factsOf(shop) };

  it('takes only what the portal needs', () => {
    expect(facts.shop).toEqual({
      name: 'Harbour Shop',
      baseUrl: 'https://shop.example/home',
      tosUri: 'https://shop.example/terms',
      origins: ['http://localhost:3000', 'https://shop.example'],
      defaultScopes: ['email', 'profile'],
      optionalScopes: [],
    });
    expect(isProduct(shop)).toBe(true);
    expect(isProduct({ ...shop, clientId: 'account' })).toBe(false);
    expect(isProduct({ ...shop, clientId: 'portal' })).toBe(false);
    expect(isProduct({ ...shop, standardFlowEnabled: false })).toBe(false);
  });

  it('keeps what an operator wrote, follows Keycloak about scopes, and is done after once', () => {
    const written = {
      brand: { name: 'Mine' },
      clients: { shop: { name: 'My shop', passwordMode: 'form', defaultScopes: ['old'] }, other: { name: 'Else' } },
    };
    const first = mergeClientFacts(written, facts);
    expect(first.changes).toEqual(['update client shop (baseUrl, tosUri, origins, defaultScopes, optionalScopes)']);
    expect(first.notes).toEqual([expect.stringContaining('client other is in the configuration')]);
    expect(first.config).toEqual({
      brand: { name: 'Mine' },
      clients: { shop: { ...facts.shop, name: 'My shop', passwordMode: 'form' }, other: { name: 'Else' } },
    });
    expect(mergeClientFacts(first.config, facts).changes).toEqual([]);
    expect(mergeClientFacts({}, facts).changes).toEqual(['add client shop']);
  });

  it('refuses a file that it would spoil', () => {
    expect(() => parseConfigFile('{', 'portal.json')).toThrow('portal.json is not valid JSON');
    expect(() => parseConfigFile('[]', 'portal.json')).toThrow('JSON object');
    expect(() => parseConfigFile('{"clients":{"shop":1}}', 'portal.json')).toThrow('clients.shop');
    expect(parseConfigFile('{"brand":{}}', 'portal.json')).toEqual({ brand: {} });
  });
});

describe('inputs', () => {
  const environment = {
    KEYCLOAK_URL: 'https://sso.example.com',
    KEYCLOAK_REALM: 'shop',
    KEYCLOAK_ADMIN_USERNAME: 'admin',
    KEYCLOAK_ADMIN_PASSWORD: 'secret',
    PORTAL_URL: 'https://a.example, https://b.example',
  };

  it('names every missing variable with its mend', () => {
    const inputs = readInputs([], {});
    expect(inputs).toMatchObject({ kind: 'wrong' });
    expect(inputs.kind === 'wrong' && inputs.problems.map((line) => line.split(' ')[0])).toEqual(
      Object.keys(environment),
    );
  });

  it('lets an option win over its variable', () => {
    expect(readInputs(['--realm', 'other', '--dry-run'], environment)).toMatchObject({
      kind: 'run',
      setUp: {
        realm: 'other',
        adminRealm: 'master',
        dryRun: true,
        portalUrls: ['https://a.example', 'https://b.example'],
      },
    });
  });

  it('sets passkeys and identity providers up only where it is asked to', () => {
    const asked = ['--passkeys', '--identity-providers'];
    expect(readInputs(asked, environment)).toMatchObject({ setUp: { passkeys: true, identityProviders: true } });
    expect(readInputs([], environment)).toMatchObject({ setUp: { passkeys: false, identityProviders: false } });
  });

  it('manages accounts by fine-grained permissions unless the old way is asked for', () => {
    expect(readInputs([], environment)).toMatchObject({ setUp: { permissions: 'fine-grained' } });
    expect(readInputs(['--permissions', 'roles'], environment)).toMatchObject({ setUp: { permissions: 'roles' } });
    expect(readInputs(['--permissions', 'all'], environment)).toMatchObject({
      problems: [expect.stringContaining('--permissions all')],
    });
  });

  it('writes facts about clients into the file that the portal reads, or another one', () => {
    const inputs = (args: string[], config?: string) => readInputs(args, { ...environment, PORTAL_CONFIG: config });
    expect(inputs(['--clients'], 'portal.json')).toMatchObject({ clientsFile: 'portal.json' });
    expect(inputs(['--clients', '--config', 'other.json'], 'portal.json')).toMatchObject({ clientsFile: 'other.json' });
    expect(inputs([], 'portal.json')).not.toHaveProperty('clientsFile');
    for (const config of [undefined, '{"clients":{}}'])
      expect(inputs(['--clients'], config)).toMatchObject({ problems: [expect.stringContaining('--config')] });
  });

  it('refuses unknown options and addresses with a path', () => {
    expect(readInputs(['--wat'], environment)).toMatchObject({ kind: 'wrong' });
    expect(readInputs(['--portal-url', 'https://a.example/x'], environment)).toMatchObject({ kind: 'wrong' });
  });
});
