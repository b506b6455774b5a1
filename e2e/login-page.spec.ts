import { expectAccessible } from './accessible';
import { type Application, startApplication } from './application';
import { expect, type Page, test } from './fixtures';
import { portal, realmAdmin } from './stack';
import { choosePassword, confirmAddress, fillRequired, newAddress, signInAtKeycloak, submit } from './visitor';

const REALM = 'placement';

let application: Application;

const registerLink = (page: Page) => page.locator('#vestibule-register a');

test.beforeAll(async () => {
  application = await startApplication(REALM, {
    attributes: { 'pkce.code.challenge.method': 'S256', login_theme: 'vestibule' },
  });
});
test.afterAll(() => application.stop());

async function signUp(page: Page): Promise<string> {
  const email = newAddress();
  await fillRequired(page, email);
  await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/sign-up/check-email');
  await confirmAddress(page, email);
  return email;
}

async function arrives(page: Page, email: string): Promise<void> {
  await page.waitForURL(`${application.url}/**`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Signed in as ${email}`);
}

test('“Register” leads to the portal, and in the end the application gets the answer to its request', async ({
  page,
}) => {
  await page.goto(String(await application.begin({ parameters: { ui_locales: 'de' } })));
  await expectAccessible(page);
  await registerLink(page).click();
  await page.waitForURL(`${portal('placement')}/de/sign-up?*`);
  const email = await signUp(page);
  await signInAtKeycloak(page, email);
  await arrives(page, email);
});

test('so it does after a wrong password, and in another language', async ({ page }) => {
  await page.goto(String(await application.begin({})));
  await page.locator('#username').fill('nobody');
  await page.locator('#password').fill('nothing');
  await page.locator('#kc-login').click();
  await expect(page.getByText('Invalid username or password.')).toBeVisible();
  const moved = page.waitForEvent('framenavigated');
  const arabic = page.locator(
    '#login-select-toggle option[lang="ar"], #login-select-toggle option[value*="kc_locale=ar"]',
  );
  await page.locator('#login-select-toggle').selectOption((await arabic.first().getAttribute('value')) ?? '');
  await moved;
  await registerLink(page).click();
  await page.waitForURL(`${portal('placement')}/ar/sign-up?*`);
  const email = await signUp(page);
  await signInAtKeycloak(page, email);
  await arrives(page, email);
});

test('so it does where no script runs', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(String(await application.begin({})));
  await registerLink(page).click();
  await page.waitForURL(`${portal('placement')}/en/sign-up?*`);
  const email = await signUp(page);
  await page.locator('#sign-in button').click();
  await signInAtKeycloak(page, email);
  await arrives(page, email);
  await context.close();
});

test('what can’t be told of a request leads to the sign-up for the client', async ({ page }) => {
  await page.goto(String(await application.begin({})));
  const plain = new URL((await registerLink(page).getAttribute('href')) ?? '');
  plain.search = new URLSearchParams({ client_id: application.clientId, kc_locale: 'de' }).toString();
  for (const referer of ['', 'https://evil.example/realms/placement/protocol/openid-connect/auth?client_id=x']) {
    const answer = await page.request.get(plain.href, { maxRedirects: 0, headers: referer === '' ? {} : { referer } });
    expect(answer.headers().location).toBe(
      `${portal('placement')}/sign-up?client_id=${application.clientId}&ui_locales=de`,
    );
  }
});

test('there is one way to the sign-up, the portal’s, with hosted registration on as well', async ({ page }) => {
  const admin = await realmAdmin();
  await admin.realms.update({ realm: REALM }, { registrationAllowed: true });
  try {
    await page.goto(String(await application.begin({})));
    await expect(page.getByRole('link', { name: 'Register' })).toHaveCount(1);
    await registerLink(page).click();
    await page.waitForURL(`${portal('placement')}/en/sign-up?*`);
  } finally {
    await admin.realms.update({ realm: REALM }, { registrationAllowed: false });
  }
});

test('on the page of the portal’s own sign-in it leads back to the form', async ({ page }) => {
  await page.goto(`${portal('placement')}/en/signed-out`);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(registerLink(page)).toHaveAttribute('href', `${portal('placement')}/en/sign-up`);
});
