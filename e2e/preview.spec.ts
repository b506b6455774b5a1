import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { DEMO_PREVIEWER } from '../keycloak/demo-person';
import { PREVIEW_STATES, type PreviewState } from '../lib/preview/states';
import { expectAccessible } from './accessible';
import { type Browser, type BrowserContext, expect, type Page, test } from './fixtures';
import { BRANDS, changeConfig, restoreConfig } from './portal-config';
import { openWayToKeycloak } from './relay';
import { portal } from './stack';
import { makeAccount, newAddress, PASSWORD } from './visitor';

/** Pages that are looked at side by side; more of them than processors help nobody. */
const SIDE_BY_SIDE = 3;

/** The least width that pages must bear (WCAG 1.4.10), and a desktop; in CSS pixels. */
const SIZES = [
  ['phone', 320, 640],
  ['desktop', 1280, 800],
] as const;

const home = () => `${portal('cut-off')}/preview`;
const alone = (state: string, query = '') => `${home()}/${state}?${query}`;

async function signIn(page: Page, address: string, username: string, password: string): Promise<void> {
  await page.goto(address);
  await page.locator('form button[type="submit"]').click();
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.locator('#kc-login').click();
  await page.waitForURL(address);
}

/** The session of somebody who may look, gotten before Keycloak goes away. */
let session: Awaited<ReturnType<BrowserContext['storageState']>>;

test.beforeAll(async ({ browser }) => {
  const cut = await openWayToKeycloak();
  const page = await browser.newPage();
  try {
    await signIn(page, home(), DEMO_PREVIEWER.username, DEMO_PREVIEWER.password);
    session = await page.context().storageState();
  } finally {
    await page.context().close();
    await cut();
  }
});

/** Looks at every state of the list, while nobody answers at Keycloak's address. */
async function walk(browser: Browser, query: string, look: (page: Page, state: PreviewState) => Promise<void>) {
  const context = await browser.newContext({ storageState: session, colorScheme: 'light', reducedMotion: 'reduce' });
  const waiting = [...PREVIEW_STATES];
  const lookOn = async () => {
    const page = await context.newPage();
    for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
      const response = await page.goto(alone(state, query));
      expect(response?.status(), state).toBe(200);
      await look(page, state);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lookOn));
  await context.close();
}

/** What does not fit into the width of the window, or into its own box. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isSeen = (element: Element) => element.closest('.sr-only, .offscreen, noscript, svg') === null;
    const wrong = [...document.querySelectorAll('body *')].filter((element) => {
      if (!isSeen(element) || !element.checkVisibility()) return false;
      const { left, right, width: own } = element.getBoundingClientRect();
      const isClipped =
        getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      // What is a pixel wide is for screen readers.
      return own > 1 && (left < -1 || right > width + 1 || (isClipped && !element.matches('input, select, textarea')));
    });
    const sideways = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
    return [...sideways, ...wrong.map((element) => element.outerHTML.slice(0, 120))];
  });
}

async function faults(page: Page, rules?: readonly string[], without?: string) {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (without !== undefined) axe.exclude(without);
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}

for (const [locale, isRead] of [
  ['en', true],
  ['de', false],
  ['ar', true],
] as const) {
  const what = isRead ? 'nothing is cut off, and axe finds nothing in light or dark' : 'nothing is cut off';
  test(`${what}, in every state, with Keycloak away (${locale}) @shots`, async ({ browser }, info) => {
    // Every state there is, in two sizes and two schemes.
    test.setTimeout(300_000);
    // A picture costs as much as a look; the whole album is `npm run preview:shots`.
    const isPictured = locale === 'en' || process.env.PREVIEW_SHOTS === 'all';
    const folder = info.outputPath('shots');
    mkdirSync(folder, { recursive: true });
    await walk(browser, `lang=${locale}`, async (page, state) => {
      for (const [name, width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        expect.soft(await misfits(page), `${state} ${width}`).toEqual([]);
        if (isPictured) await page.screenshot({ path: join(folder, `${state}-${name}-${locale}.png`), fullPage: true });
      }
      if (!isRead) return;
      expect.soft(await faults(page), `${state} light`).toEqual([]);
      // Nothing but colours changes.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect.soft(await faults(page, ['color-contrast']), `${state} dark`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });
  });
}

test('whoever is not signed in meets a button to sign in, and whoever lacks the role meets nothing', async ({
  page,
}) => {
  const cut = await openWayToKeycloak();
  try {
    const response = await page.goto(alone('sign-up'));
    expect(page.url()).toBe(home());
    expect(response?.headers()['cache-control']).toContain('no-store');
    await expectAccessible(page);
    const email = newAddress();
    await makeAccount(email, true);
    await signIn(page, home(), email, PASSWORD);
    for (const address of [home(), alone('sign-up')]) {
      expect((await page.goto(address))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
    }
  } finally {
    await cut();
  }
});

test('only a state can be framed, and by the portal alone; robots and caches stay out', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session });
  const [gallery, state] = await Promise.all([context.request.get(home()), context.request.get(alone('sign-up'))]);
  expect(gallery.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(state.headers()['content-security-policy']).toContain("frame-ancestors 'self'");
  for (const { status, headers } of [gallery, state].map((one) => ({ status: one.status(), headers: one.headers() }))) {
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-robots-tag']).toContain('noindex');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
  expect((await context.request.get(alone('no-such-state'))).status()).toBe(404);
  await context.close();
});

test('the gallery shows the chosen state as it is chosen, without a script too', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session, javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(home());
  await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('de');
  await page.getByLabel('Direction').selectOption('rtl');
  await page.getByLabel('Colours').selectOption('dark');
  await page.getByLabel('Width').selectOption('phone');
  await page.getByRole('button', { name: 'Show' }).click();
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('html')).toHaveAttribute('lang', 'de');
  await expect(frame.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(frame.locator('html')).toHaveCSS('color-scheme', 'dark');
  await expect(page.locator('iframe')).toHaveJSProperty('offsetWidth', 360);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Sign-up form: With password');
  await expect(frame.locator('[name="password"]')).toBeVisible();
  await context.close();
});

test('the gallery has no fault for axe, and fits a phone', async ({ browser }) => {
  for (const locale of ['en-GB', 'ar']) {
    const context = await browser.newContext({ storageState: session, locale, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${home()}?state=not-found&width=phone`);
    // The state in the frame is a page of its own, and has been looked at.
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faults(page, undefined, 'iframe')).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await context.close();
  }
});

test('a form of a state leads nowhere, and gets the answer that belongs to the state', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  await page.goto(alone('check-email', 'lang=en'));
  await page.getByRole('button', { name: 'Send the e-mail again' }).click();
  await expect(page.getByText('This page goes on by itself')).toBeVisible();
  await page.goto(alone('embed', 'lang=en'));
  await page.locator('[name="firstName"]').fill('Ada');
  await page.goto(alone('sign-up', 'lang=en'));
  await expect(page.locator('[name="firstName"]')).toHaveValue('');
  await context.close();
});

test('each client has its own look, and a change of the configuration shows at once', async ({ page }) => {
  const gallery = `${portal(BRANDS)}/preview`;
  await signIn(page, gallery, DEMO_PREVIEWER.username, DEMO_PREVIEWER.password);
  const accent = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
  const look = async (client: string, scheme: string) => {
    await page.goto(`${gallery}/sign-up?${new URLSearchParams({ client, scheme, lang: 'en' })}`);
    return { accent: await accent(), heading: await page.getByRole('heading', { level: 1 }).textContent() };
  };
  expect(await look('shop', 'light')).toMatchObject({ heading: 'Create your Harbour Shop account' });
  expect(await look('developers', 'light')).toEqual({ accent: '#5534d6', heading: 'Start building on Tideline' });
  expect(await look('developers', 'dark')).toMatchObject({ accent: '#b6a6ff' });
  await page.goto(gallery);
  await expect(page.getByLabel('Client').locator('option')).toHaveText(['Everyone', 'Harbour Shop', 'Tideline']);
  try {
    await changeConfig((config) => {
      config.clients.developers = {
        ...config.clients.developers,
        texts: { en: { 'signUp.titleFor': 'Come aboard {client}' } },
      };
    });
    expect(await look('developers', 'light')).toMatchObject({ heading: 'Come aboard Tideline' });
  } finally {
    await restoreConfig();
  }
});
