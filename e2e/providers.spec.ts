import { PROVIDER_ALIAS, PROVIDER_REALM } from '../keycloak/demo-provider';
import { expectAccessible } from './accessible';
import { MEASURED } from './figures';
import { expect, test } from './fixtures';
import { Person } from './person';
import { logFromNow, logOf, portal, refreshRealm, stack } from './stack';
import { mailedLink, makeAccount, newAddress, PASSWORD } from './visitor';
import {
  accountOf,
  addProvider,
  changeAction,
  changeProvider,
  changeRealm,
  PASSKEY_CLIENT,
  PORTAL,
  putRealmBack,
  signUp,
  signUpPage,
} from './ways';

putRealmBack();

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

test(
  'an account at an identity provider leads from the sign-up page to welcome, and on to the application',
  MEASURED,
  async ({ page }) => {
    const person = new Person(page);
    const email = newAddress();
    await makeAccount(email, true, PROVIDER_REALM);
    const query = new URLSearchParams({ client_id: PASSKEY_CLIENT, redirect_uri: `${stack.product.url}/arrive` });
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
    person.tell('first-time', 'identity provider, from the sign-up page');
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
    person.tell('later', 'identity provider');
  },
);

test('terms that are a default action hold for those who come from a provider, too', async ({ page }) => {
  await changeAction('TERMS_AND_CONDITIONS', { enabled: true, defaultAction: true });
  const person = new Person(page);
  const email = newAddress();
  await makeAccount(email, true, PROVIDER_REALM);
  await page.goto(signUpPage());
  await person.click(page.getByRole('link', { name: 'Continue with Harbour Club' }));
  await signInAtProvider(person, email);
  await completeProfile(person);
  await person.click(page.locator('#kc-accept'));
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ requiredActions: [], emailVerified: true });
});

test('an address that the provider does not vouch for is verified first', async ({ page }) => {
  await changeProvider(PROVIDER_ALIAS, { trustEmail: false });
  const person = new Person(page);
  const email = newAddress();
  await makeAccount(email, false, PROVIDER_REALM);
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
  await changeProvider(PROVIDER_ALIAS, { trustEmail: false });
  await changeRealm({ verifyEmail: false });
  const person = new Person(page);
  const email = newAddress();
  await makeAccount(email, false, PROVIDER_REALM);
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
  await page.goto(signUpPage(undefined, 'form'));
  await refreshRealm('form');
  await page.reload();
  await expect(page.locator('main nav')).toHaveCount(0);
  const later = logFromNow('form');
  await signUp(page, undefined, 'form');
  await expect.poll(() => later('sign-up.created')).not.toEqual([]);
  const said = logOf('form');
  expect(said('identity-providers.not-offered')).toEqual([
    expect.objectContaining({ mend: expect.stringContaining('--identity-providers') }),
  ]);
});
