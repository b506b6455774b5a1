import { expectAccessible } from './accessible';
import { expect, type Page, test } from './fixtures';
import { BRANDS, changeConfig, restoreConfig, writeConfig } from './portal-config';
import { logFromNow, portal, realmAdmin, refreshRealm, stack } from './stack';
import { choosePassword, confirmAddress, fillRequired, newAddress, signInAtKeycloak, submit } from './visitor';

/** What tells the demo's two products apart, and from the house that both belong to. */
const LOOKS = {
  house: { name: 'Harbour', accent: '#0b5d66', panel: 'rgb(10, 47, 60)', claim: undefined },
  shop: { name: 'Harbour Shop', accent: '#0b5d66', panel: 'rgb(15, 76, 92)', claim: 'Good rope, dry socks' },
  developers: { name: 'Tideline', accent: '#5534d6', panel: 'rgb(21, 18, 43)', claim: 'Tides, berths and weather' },
} as const;

const signUpPage = (clientId?: string, locale = 'en') =>
  `${portal(BRANDS)}/${locale}/sign-up${clientId === undefined ? '' : `?client_id=${clientId}`}`;

const variable = (page: Page, name: string) =>
  page.evaluate((one) => getComputedStyle(document.documentElement).getPropertyValue(one).trim(), name);

const panelOf = (page: Page) =>
  page
    .locator('header')
    .first()
    .evaluate((header) => getComputedStyle(header).backgroundColor);

/** A page has a look: its colours, its name in the panel and its title. */
async function expectLook(page: Page, { name, accent, panel }: (typeof LOOKS)[keyof typeof LOOKS]): Promise<void> {
  await expect(page).toHaveTitle(new RegExp(`(^|· )${name}$`));
  await expect(page.locator('header').first()).toContainText(name);
  expect(await variable(page, '--accent')).toBe(accent);
  expect(await panelOf(page)).toBe(panel);
}

test.afterEach(restoreConfig);

test('two products of one realm have two looks, words and links, and nothing of one is on the other’s page', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const { developers, product } = stack;
  for (const [clientId, at, title] of [
    ['shop', product.url, 'Create your Harbour Shop account'],
    ['developers', developers.url, 'Start building on Tideline'],
  ] as const) {
    const response = await page.goto(signUpPage(clientId));
    await expectLook(page, LOOKS[clientId]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByText(LOOKS[clientId].claim)).toBeVisible();
    await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', `${at}/logo.svg`);
    const logo = page.locator('header img');
    await expect(logo).toHaveAttribute('src', `${at}/logo.svg`);
    expect(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
    await expect(page.locator('footer').getByRole('link', { name: 'Privacy' })).toHaveAttribute(
      'href',
      `${at}/privacy`,
    );
    const pictures = /img-src ([^;]*)/.exec(response?.headers()['content-security-policy'] ?? '')?.[1];
    expect(pictures).toBe(`'self' data: ${new URL(at).origin}`);
  }
  expect(await variable(page, '--heading-font')).toContain('monospace');
  expect(complaints).toEqual([]);
});

test('who comes from nowhere, or from a client that nobody knows, gets the house’s own look', async ({ page }) => {
  for (const clientId of [undefined, 'nobody', 'constructor', '__proto__']) {
    await page.goto(signUpPage(clientId));
    await expectLook(page, LOOKS.house);
  }
  // What a browser says of the client in a header counts for nothing.
  await page.setExtraHTTPHeaders({ 'x-vestibule-client': 'developers' });
  await page.goto(signUpPage());
  await expectLook(page, LOOKS.house);
});

test('the words are the client’s in each language, in the script’s own direction', async ({ page }) => {
  await page.goto(signUpPage('developers', 'de'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bau mit Tideline');
  await page.goto(signUpPage('developers', 'ar'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ابدأ البناء باستخدام Tideline');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
});

test('every page after the form stays the client’s, up to the one after signing out', async ({ page }) => {
  const email = newAddress();
  const look = LOOKS.developers;
  await page.goto(signUpPage('developers'));
  await fillRequired(page, email);
  await choosePassword(page);
  await page.locator('[name="$terms"]').check();
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  await expectLook(page, look);
  await page.goto(`${portal(BRANDS)}/en/sign-up/verified`);
  await expectLook(page, look);
  await page.goto(`${portal(BRANDS)}/en/sign-in-problem`);
  await expectLook(page, look);
  // A link can't give the pages of a sign-up another look.
  await page.goto(`${portal(BRANDS)}/en/sign-up/check-email?client_id=shop`);
  await expectLook(page, look);
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  await expectLook(page, look);
  await expect(page.getByRole('link', { name: 'Continue to Tideline' })).toHaveAttribute(
    'href',
    `${stack.developers.url}/`,
  );
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  await expectLook(page, look);
});

test('a colour, a text and a field change on the running server, without a build or a restart', async ({ page }) => {
  const admin = await realmAdmin();
  const before = await admin.users.getProfile({ realm: BRANDS });
  await page.goto(signUpPage('shop'));
  await expectLook(page, LOOKS.shop);
  await changeConfig((config) => {
    config.clients.shop = {
      ...config.clients.shop,
      brand: { colors: { light: { accent: '#7a2e1d' } } },
      texts: { en: { 'signUp.titleFor': 'Come aboard with {client}' } },
    };
  });
  const permissions = { view: ['admin', 'user'], edit: ['admin', 'user'] };
  const attributes = [...(before.attributes ?? []), { name: 'berth', displayName: 'Berth', permissions }];
  await admin.users.updateProfile({ ...before, realm: BRANDS, attributes });
  try {
    expect((await refreshRealm(BRANDS)).status).toBe(200);
    await page.reload();
    expect(await variable(page, '--accent')).toBe('#7a2e1d');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Come aboard with Harbour Shop');
    await expect(page.getByRole('textbox', { name: 'Berth' })).toBeVisible();
    // The other product has not changed.
    await page.goto(signUpPage('developers'));
    await expectLook(page, LOOKS.developers);
  } finally {
    await admin.users.updateProfile({ ...before, realm: BRANDS });
    await refreshRealm(BRANDS);
  }
});

test('a new version that is renamed over the file is taken up, too', async ({ page }) => {
  await changeConfig((config) => {
    config.brand = { ...config.brand, name: 'Anchorage' };
  }, 'renamed');
  await page.goto(signUpPage());
  await expect(page).toHaveTitle(/· Anchorage$/);
});

test('a bad new version keeps the old one, and the log says once where it is wrong', async ({ page }) => {
  const said = logFromNow(BRANDS);
  const rejected = () => said('config.rejected');
  writeConfig('{"brand":{"colors":{"light":{"accent":"#ffe08a"}}},"clients":{"shop":{"nmae":"x"}}}');
  await expect.poll(() => rejected().length).toBe(1);
  expect(rejected().at(-1)?.problems).toEqual([
    expect.stringContaining('PORTAL_CONFIG clients.shop: does not know nmae'),
  ]);
  writeConfig('{"brand":{"colors":{"light":{"accent":"#ffe08a"}}}}');
  await expect.poll(() => rejected().length).toBe(2);
  expect(JSON.stringify(rejected().at(-1)?.problems)).toContain('onAccent (#ffffff, which is not set here) on accent');
  // Page after page: it was said, and is not said again.
  for (let round = 0; round < 5; round++) {
    await page.goto(signUpPage('developers'));
    await expectLook(page, LOOKS.developers);
  }
  expect(rejected()).toHaveLength(2);
});

test('rules are the client’s, too: who may come, what they choose and where they go', async ({ page }) => {
  await changeConfig((config) => {
    config.clients.shop = {
      ...config.clients.shop,
      emailDomains: { deny: ['example.com'] },
      passwordMode: 'after-verification',
      links: { help: { en: '/help', de: '/hilfe' } },
    };
  });
  await page.goto(signUpPage('shop'));
  await expect(page.locator('[name="password"]')).toHaveCount(0);
  await expect(page.locator('footer').getByRole('link', { name: 'Help' })).toHaveAttribute('href', '/help');
  await fillRequired(page, newAddress());
  await submit(page);
  await expect(page.locator('#field-email-error')).toContainText('cannot be used here');
  await page.goto(signUpPage());
  await expect(page.locator('[name="password"]')).toHaveCount(1);
  await fillRequired(page, newAddress());
  await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
});

for (const clientId of ['shop', 'developers']) {
  for (const locale of ['en', 'ar']) {
    test(`axe finds nothing on the page of ${clientId}, with all errors shown, light or dark (${locale})`, async ({
      page,
    }) => {
      await page.goto(signUpPage(clientId, locale));
      await submit(page);
      await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
      await expectAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  }
}
