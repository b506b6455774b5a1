import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { portal, stack } from './stack';
import {
  choosePassword,
  confirmAddress,
  fillRequired,
  mailsTo,
  makeAccount,
  newAddress,
  signInAtKeycloak,
  signInByHand,
  submit,
  tickCaptcha,
} from './visitor';

/** A JSON object in Base64url and what follows it: a JWS or a JWE (RFC 7515, 7516), and no nonce or name of a file. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]*\./;

const arrive = () => new URLSearchParams({ client_id: 'shop', redirect_uri: `${stack.product.url}/arrive` });

for (const locale of ['en', 'de', 'ar']) {
  test(`a visitor signs up, confirms the address and is signed in (${locale})`, async ({ page }) => {
    const email = newAddress();
    await page.goto(`${portal('main')}/${locale}/sign-up?${arrive()}`);
    await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
    const seen: string[] = [];
    page.on('request', (request) => seen.push(new URL(request.url()).href));
    await fillRequired(page, email);
    await tickCaptcha(page);
    await submit(page);
    await page.waitForURL(`**/${locale}/sign-up/check-email`);
    await expect(page.getByText(email)).toBeVisible();
    await expectAccessible(page);

    const authorization = page.waitForRequest(/openid-connect\/auth\?/);
    await confirmAddress(page, email);
    const asked = new URL((await authorization).url()).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('login_hint')).toBe(email);
    expect(asked.get('ui_locales')).toBe(locale);
    expect(asked.get('state')).toBeTruthy();
    expect(asked.get('nonce')).toBeTruthy();
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await signInAtKeycloak(page, email);
    await page.waitForURL(`**/${locale}/welcome`);
    await expectAccessible(page);
    // Claims only: no token is in the page or in the reach of its scripts.
    expect(await page.content()).not.toMatch(TOKEN);
    expect(
      await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
    ).not.toMatch(TOKEN);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada');

    await page.locator(`main a[href^="${stack.product.url}"]`).click();
    await expect(page.getByText(/signed in as/i)).toBeVisible();
    const ours = seen.filter((address) => address.startsWith(portal('main')));
    expect(ours.filter((address) => decodeURIComponent(address).includes('@'))).toEqual([]);
  });
}

test('a password chosen on the form is all that signing in needs', async ({ page }) => {
  const email = newAddress();
  await page.goto(`${portal('form')}/en/sign-up`);
  await fillRequired(page, email);
  await choosePassword(page);
  await submit(page, 'Create account');
  await page.waitForURL('**/en/sign-up/check-email');
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out');
  // The session at Keycloak has ended, too: signing in again asks for the password.
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.locator('#password')).toBeVisible();
});

test('a taken address sees the page that a new one sees, limits and all, and its owner gets another mail', async ({
  browser,
}) => {
  const [unknown, taken] = [newAddress(), newAddress()];
  await makeAccount(taken, true);
  const seen: unknown[] = [];
  for (const email of [unknown, taken]) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${portal('main')}/en/sign-up`);
    await fillRequired(page, email);
    await page.locator('[name="username"]').fill(`somebody-${Date.now()}`);
    await tickCaptcha(page);
    await submit(page, 'Create account');
    await page.waitForURL('**/en/sign-up/check-email');
    const heading = await page.getByRole('heading', { level: 1 }).textContent();
    await expect(page.locator('#resend-wait')).toHaveText(/Possible again in 0:\d\d/);
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name.includes('pending'));
    seen.push({ heading, cookieLength: cookie?.value.length });
    await page.context().close();
  }
  expect(seen[1]).toEqual(seen[0]);
  expect((await mailsTo(taken)).map(({ subject }) => subject)).toEqual(['You already have a Harbour account']);
});

test('going back and sending the form again keeps one’s own sign-up', async ({ page }) => {
  const email = newAddress();
  for (let round = 0; round < 2; round++) {
    await page.goto(`${portal('main')}/en/sign-up`);
    await fillRequired(page, email);
    await tickCaptcha(page);
    await submit(page, 'Create account');
    await page.waitForURL('**/en/sign-up/check-email');
  }
  expect(await mailsTo(email)).toHaveLength(1);
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
});

test('who has an account already signs in from the form and still gets where they wanted to go', async ({ page }) => {
  const email = newAddress();
  await makeAccount(email, true);
  await page.goto(`${portal('main')}/en/sign-up?${arrive()}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInByHand(page, email);
  await page.waitForURL('**/en/welcome');
  await page.getByRole('link', { name: 'Continue to Harbour Shop' }).click();
  await expect(page.getByText(/signed in as/i)).toBeVisible();
});
