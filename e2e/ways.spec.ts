import type IdentityProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/identityProviderRepresentation.js';
import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { expect, type Page, test } from '@playwright/test';
import { PROVIDER_ALIAS, PROVIDER_REALM } from '../keycloak/demo-provider';
import { PASSKEY_ACTION } from '../keycloak/passkeys';
import { setUpRealm } from '../keycloak/set-up-realm';
import { expectAccessible } from './accessible';
import { Person } from './person';
import { logOf, portal, realmAdmin, refreshRealm, stack } from './stack';
import { choosePassword, fillRequired, mailedLink, newAddress, PASSWORD, submit } from './visitor';

/** The portal and the realm that this file has to itself. */
const PORTAL = 'ways';
const realm = PORTAL;
/** Enables passkeys for those who come from here, and an authenticator app for those who come from there. */
const [PASSKEY_CLIENT, TOTP_CLIENT] = ['shop', 'vault'];

let admin: Awaited<ReturnType<typeof realmAdmin>>;
/** How to put back what a test has changed, the latest change last. */
const undo: (() => Promise<unknown>)[] = [];

test.beforeEach(async () => {
  admin = await realmAdmin();
});

test.afterEach(async () => {
  const isChanged = undo.length > 0;
  for (const step of undo.splice(0).reverse()) await step();
  if (isChanged) expect((await refreshRealm(PORTAL)).status).toBe(200);
});

const signUpPage = (clientId?: string, name = PORTAL) =>
  `${portal(name)}/en/sign-up${clientId === undefined ? '' : `?client_id=${clientId}`}`;

async function accountOf(email: string) {
  const [user] = await admin.users.find({ realm, email, exact: true });
  if (user?.id === undefined) throw new Error('No such account');
  const id = user.id;
  const credentials = await admin.users.getCredentials({ realm, id });
  const { attributes } = (await admin.users.findOne({ realm, id })) ?? {};
  return { ...user, attributes, credentials: credentials.map(({ type }) => type).sort() };
}

/** Changes a required action of the realm until the test ends. */
async function changeAction(alias: string, change: RequiredActionProviderRepresentation): Promise<void> {
  const query = { realm, alias };
  const before: RequiredActionProviderRepresentation =
    await admin.authenticationManagement.getRequiredActionForAlias(query);
  undo.push(() => admin.authenticationManagement.updateRequiredAction(query, before));
  await admin.authenticationManagement.updateRequiredAction(query, { ...before, ...change });
}

/** Adds an identity provider to the realm until the test ends. */
async function addProvider(provider: IdentityProviderRepresentation & { alias: string }): Promise<void> {
  const endpoints = { authorizationUrl: 'https://idp.example/auth', tokenUrl: 'https://idp.example/token' };
  const config = { clientId: 'harbour', clientSecret: 'unused', ...endpoints, ...provider.config };
  await admin.identityProviders.create({ realm, providerId: 'oidc', enabled: true, ...provider, config });
  undo.push(() => admin.identityProviders.del({ realm, alias: provider.alias }));
}

/** Fills in the form and sends it, as somebody who comes from a client. */
async function signUp(page: Page, clientId?: string, name = PORTAL): Promise<string> {
  const email = newAddress();
  await page.goto(signUpPage(clientId, name));
  await fillRequired(page, email);
  if (await page.locator('[name="password"]').count()) await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  return email;
}

/** From the mail to the welcome page, counted from the click in the mail on. */
async function fromMail(person: Person, email: string, way: string): Promise<void> {
  const link = await mailedLink(email);
  person.restart();
  person.clicks += 1;
  await person.page.goto(link);
  await person.untilSignedIn();
  await person.page.waitForURL('**/en/welcome');
  person.tell(`${way}, from the mail to signed in`);
}

/** Signs out, and in again with what the visitor has. */
async function comeBack(person: Person, email: string, way: string): Promise<void> {
  const { page } = person;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  person.restart();
  await person.click(page.getByRole('button', { name: 'Sign in again' }));
  person.username = email;
  await person.untilSignedIn();
  await page.waitForURL('**/en/welcome');
  person.tell(`${way}, coming back later`);
}

for (const [way, name] of [
  ['after-verification', PORTAL],
  ['form', 'form'],
] as const) {
  test(`the way "${way}" ends signed in`, async ({ page }) => {
    const email = await signUp(page, undefined, name);
    await fromMail(new Person(page), email, way);
  });
}

test('a passkey stands in for a password: it is made behind the link, and signs in now and later', async ({ page }) => {
  const person = new Person(page);
  await person.carryAuthenticator();
  await page.goto(signUpPage(PASSKEY_CLIENT));
  await expect(page.getByText('there is no password to remember')).toBeVisible();
  const email = await signUp(page, PASSKEY_CLIENT);
  await expect(page.getByText('to create your passkey')).toBeVisible();
  expect(await accountOf(email)).toMatchObject({ requiredActions: [PASSKEY_ACTION], credentials: [] });
  await fromMail(person, email, 'passkey');
  // The mail's link, the button that no scanner presses, and the passkey in the browser's list at sign-in.
  expect([person.clicks, person.fields, person.touches]).toEqual([3, 0, 2]);
  expect(await accountOf(email)).toMatchObject({
    emailVerified: true,
    requiredActions: [],
    credentials: ['webauthn-passwordless'],
  });
  await comeBack(person, email, 'passkey');
});

test('whoever says no to the browser’s dialog finds the page with its button, and makes the passkey later', async ({
  page,
}) => {
  const person = new Person(page);
  const recognize = await person.carryAuthenticator();
  await recognize(false);
  const email = await signUp(page, PASSKEY_CLIENT);
  await page.goto(await mailedLink(email));
  await page.locator('#kc-info-message button').click();
  const button = page.locator('#registerWebAuthn');
  await expect(button).toBeVisible();
  expect(await accountOf(email)).toMatchObject({ requiredActions: [PASSKEY_ACTION], credentials: [] });
  await recognize(true);
  // A press while the browser still refuses the first try does nothing.
  await expect(async () => {
    await button.click({ timeout: 1_000 });
    await expect(button).toBeHidden({ timeout: 3_000 });
  }).toPass();
  await person.untilSignedIn();
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ requiredActions: [], credentials: ['webauthn-passwordless'] });
});

test('where the realm makes no passkeys the log says so, and a password is asked for', async ({ page }) => {
  const before = logOf(PORTAL).length;
  await changeAction(PASSKEY_ACTION, { enabled: false });
  await refreshRealm(PORTAL);
  await refreshRealm(PORTAL);
  const faults = logOf(PORTAL)
    .slice(before)
    .filter(({ event }) => event === 'realm.way-fault');
  expect(faults).toEqual([
    expect.objectContaining({
      level: 'error',
      way: 'passkey',
      askedBy: 'client shop in PORTAL_CONFIG',
      mend: 'npm run keycloak:setup -- --passkeys',
    }),
  ]);
  const email = await signUp(page, PASSKEY_CLIENT);
  expect(await accountOf(email)).toMatchObject({ requiredActions: ['UPDATE_PASSWORD'] });
  await fromMail(new Person(page), email, 'passkey, without the realm’s help');
});

test('an extra action goes into the link: an authenticator app is set up, and asked for from then on', async ({
  page,
}) => {
  const person = new Person(page);
  const email = await signUp(page, TOTP_CLIENT);
  await expect(page.getByText('Have your authenticator app ready')).toBeVisible();
  await fromMail(person, email, 'after-verification with CONFIGURE_TOTP');
  expect(await accountOf(email)).toMatchObject({ requiredActions: [], credentials: ['otp', 'password'] });
  await comeBack(person, email, 'after-verification with CONFIGURE_TOTP');
});

test('an extra action that the realm has not enabled is named in the log and left out of the link', async ({
  page,
}) => {
  const before = logOf(PORTAL).length;
  await changeAction('CONFIGURE_TOTP', { enabled: false });
  await refreshRealm(PORTAL);
  expect(logOf(PORTAL).slice(before)).toContainEqual(
    expect.objectContaining({ event: 'realm.way-fault', way: 'CONFIGURE_TOTP', level: 'error' }),
  );
  const email = await signUp(page, TOTP_CLIENT);
  await fromMail(new Person(page), email, 'after-verification, CONFIGURE_TOTP disabled');
});

/** Somebody who has an account at the provider. */
async function newMember(emailVerified: boolean): Promise<string> {
  const email = newAddress();
  await admin.users.create({
    realm: PROVIDER_REALM,
    username: email.split('@')[0] ?? '',
    email,
    firstName: 'Ada',
    lastName: 'Harbour',
    enabled: true,
    emailVerified,
    credentials: [{ type: 'password', value: PASSWORD }],
  });
  return email;
}

/** Signs in at the provider. */
async function signInAtProvider(person: Person, email: string): Promise<void> {
  const { page } = person;
  await page.waitForURL((url) => url.pathname.includes(`/realms/${PROVIDER_REALM}/`));
  await person.type(page.locator('#username'), email);
  await person.type(page.locator('#password'), PASSWORD);
  await person.click(page.locator('#kc-login'));
}

/** Adds what the realm requires and the provider does not know. */
async function completeProfile(person: Person): Promise<void> {
  const { page } = person;
  const form = page.locator('#kc-idp-review-profile-form');
  await form.waitFor();
  expect(await page.locator('[name="email"]').inputValue()).toContain('@example.com');
  await person.click(page.locator('[name="country"]'));
  await page.locator('[name="country"]').selectOption('DE');
  await person.click(form.locator('[type="submit"]'));
}

test('an account at an identity provider leads from the sign-up page to welcome, and on to the application', async ({
  page,
}) => {
  const person = new Person(page);
  const email = await newMember(true);
  const query = new URLSearchParams({ client_id: PASSKEY_CLIENT ?? '', redirect_uri: `${stack.product.url}/arrive` });
  await page.goto(`${portal(PORTAL)}/en/sign-up?${query}`);
  await expectAccessible(page);
  const authorization = page.waitForRequest(/\/realms\/ways\/protocol\/openid-connect\/auth\?/);
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  const asked = new URL((await authorization).url()).searchParams;
  expect(asked.get('kc_idp_hint')).toBe(PROVIDER_ALIAS);
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('state')).toBeTruthy();
  expect(asked.get('nonce')).toBeTruthy();
  expect(asked.get('ui_locales')).toBe('en');
  await signInAtProvider(person, email);
  await completeProfile(person);
  await page.waitForURL('**/en/welcome');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada');
  person.tell('identity provider, from the sign-up page to signed in');
  expect(await accountOf(email)).toMatchObject({
    emailVerified: true,
    attributes: { country: ['DE'] },
    credentials: [],
  });
  await expect(page.getByRole('link', { name: 'Continue to Harbour Shop' })).toHaveAttribute(
    'href',
    `${stack.product.url}/arrive`,
  );

  // Whoever comes back by the same way has an account by now: nothing is asked.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  await page.goto(signUpPage());
  person.restart();
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  await page.waitForURL('**/en/welcome');
  person.tell('identity provider, coming back later');
});

test('terms that are a default action hold for those who come from a provider, too', async ({ page }) => {
  await changeAction('TERMS_AND_CONDITIONS', { enabled: true, defaultAction: true });
  const person = new Person(page);
  const email = await newMember(true);
  await page.goto(signUpPage());
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  await signInAtProvider(person, email);
  await completeProfile(person);
  await person.click(page.locator('#kc-accept'));
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ requiredActions: [], emailVerified: true });
});

test('an address that the provider does not vouch for is verified first', async ({ page }) => {
  const provider = await admin.identityProviders.findOne({ realm, alias: PROVIDER_ALIAS });
  const query = { realm, alias: PROVIDER_ALIAS };
  undo.push(() => admin.identityProviders.update(query, { ...provider, trustEmail: true }));
  await admin.identityProviders.update(query, { ...provider, trustEmail: false });
  const person = new Person(page);
  const email = await newMember(false);
  await page.goto(signUpPage());
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  await signInAtProvider(person, email);
  await completeProfile(person);
  await expect(page.getByText(/verify your email|confirm your email/i).first()).toBeVisible();
  await page.goto(await mailedLink(email));
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ emailVerified: true });
});

test('a realm that does not insist on verified addresses signs nobody in without one, and the portal sends the link', async ({
  page,
}) => {
  const provider = await admin.identityProviders.findOne({ realm, alias: PROVIDER_ALIAS });
  const query = { realm, alias: PROVIDER_ALIAS };
  undo.push(() => admin.identityProviders.update(query, { ...provider, trustEmail: true }));
  undo.push(() => admin.realms.update({ realm }, { verifyEmail: true }));
  await admin.identityProviders.update(query, { ...provider, trustEmail: false });
  await admin.realms.update({ realm }, { verifyEmail: false });
  const person = new Person(page);
  const email = await newMember(false);
  await page.goto(signUpPage());
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  await signInAtProvider(person, email);
  await completeProfile(person);
  await page.waitForURL('**/en/sign-in-problem?error=Unverified');
  await expect(page.getByText('Please confirm your e-mail address first')).toBeVisible();
  await page.getByRole('link', { name: 'Send the e-mail again' }).click();
  await expect(page.getByText(email)).toBeVisible();
  await page.goto(await mailedLink(email));
  await person.untilSignedIn();
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ emailVerified: true });
});

test('providers stand in the realm’s order with their names and pictures, and hidden ones don’t stand there', async ({
  page,
}) => {
  await addProvider({ alias: 'google', providerId: 'google', config: { guiOrder: '0' } });
  await addProvider({ alias: 'works', displayName: 'Boat Works', config: { guiOrder: '7' } });
  await addProvider({ alias: 'worded', displayName: `\${profile.phone}` });
  await addProvider({ alias: 'hidden', hideOnLogin: true });
  await addProvider({ alias: 'for-linking', linkOnly: true });
  await addProvider({ alias: 'disabled', enabled: false });
  await refreshRealm(PORTAL);
  for (const [locale, first] of [
    ['en', 'Continue with Google'],
    ['de', 'Weiter mit Google'],
    ['ar', 'المتابعة باستخدام Google'],
  ] as const) {
    await page.goto(`${portal(PORTAL)}/${locale}/sign-up`);
    const links = page.locator('main nav li a');
    await expect(links).toHaveCount(4);
    await expect(links.first()).toHaveText(first);
    await expect(links.locator('svg')).toHaveCount(4);
    await expectAccessible(page);
  }
  await page.goto(signUpPage());
  await expect(page.locator('main nav li a')).toHaveText([
    'Continue with Google',
    'Continue with Harbour Club',
    'Continue with Boat Works',
    /^Continue with (?!\$)/,
  ]);
  // Nothing is fetched from anybody else.
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(portal(PORTAL))) foreign.push(request.url());
  });
  await page.reload({ waitUntil: 'networkidle' });
  expect(foreign).toEqual([]);
});

test('a provider that the page does not offer is refused, by whatever name', async ({ page }) => {
  await addProvider({ alias: 'hidden', hideOnLogin: true });
  await refreshRealm(PORTAL);
  for (const alias of ['hidden', 'nobody', `${PROVIDER_ALIAS}%20`, '..%2F..%2Fauth', PROVIDER_ALIAS.toUpperCase()]) {
    await page.goto(signUpPage());
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    await page.getByRole('link', { name: 'Continue with Harbour Club' }).evaluate((link, forged) => {
      link.setAttribute('href', `/api/sign-in/${forged}?locale=en`);
    }, alias);
    await page.getByRole('link', { name: 'Continue with Harbour Club' }).click();
    await page.waitForURL('**/en/sign-in-problem?error=UnknownProvider');
    await expect(page.getByText('This way to sign in is not offered')).toBeVisible();
    expect(seen.filter((url) => url.startsWith(stack.keycloak.url))).toEqual([]);
    page.removeAllListeners('request');
  }
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Back to sign-up' }).click();
  await page.waitForURL('**/en/sign-up');
});

test('nobody is sent to a provider by another site: they get the page with the choice', async ({ page }) => {
  await page.goto(`${portal(PORTAL)}/api/sign-in/${PROVIDER_ALIAS}?locale=de&client_id=shop`);
  await page.waitForURL('**/de/sign-up?client_id=shop');
});

test('without JavaScript the way through a provider on another host is open, too', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(signUpPage());
  await page.getByRole('link', { name: 'Continue with Harbour Club' }).click();
  await page.locator('#kc-login').waitFor();
  expect(new URL(page.url()).origin).not.toBe(new URL(stack.keycloak.url).origin);
  await page.context().close();
});

test('without the right to list providers the page offers none, and the log names the mend once', async ({ page }) => {
  await page.goto(`${portal('main')}/en/sign-up`);
  await refreshRealm('main');
  await page.reload();
  await expect(page.locator('main nav')).toHaveCount(0);
  const said = logOf('main').filter(({ event }) => event === 'identity-providers.not-offered');
  expect(said).toEqual([expect.objectContaining({ mend: expect.stringContaining('--identity-providers') })]);
});

test('a second set-up of passkeys and providers changes nothing; what is missing is put right', async () => {
  const { url, adminUsername, adminPassword } = stack.keycloak;
  const options = {
    keycloakUrl: url,
    realm,
    adminUsername,
    adminPassword,
    portalUrls: [portal(PORTAL)],
    passkeys: true,
    identityProviders: true,
  };
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
