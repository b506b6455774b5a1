import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { decodeJwt } from 'jose';
import { DEMO_THEME_VARIABLES } from '../keycloak/demo-realm';
import { expectAccessible } from './accessible';
import { portal, realmAdmin, STOCK_REALM, stack } from './stack';
import {
  chooseAtKeycloak,
  choosePassword,
  fillRequired,
  mailedLink,
  mailsTo,
  makeAccount,
  newAddress,
  PASSWORD,
  pressConfirm,
  signInAtKeycloak,
  submit,
  tickCaptcha,
} from './visitor';

const LOCALES = ['en', 'de', 'ar'] as const;
const REALM = stack.keycloak?.realm;
const BUTTON = '#kc-info-message button';
const HEADING = '#kc-page-title';

let admin: KeycloakAdminClient;
test.beforeEach(async () => {
  admin = await realmAdmin();
});

/** The theme's own words for a key, as its bundle has them. */
function words(locale: string, key: string): string {
  const file = join('keycloak', 'theme', 'vestibule', 'login', 'messages', `messages_${locale}.properties`);
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${key}=`));
  return line?.slice(key.length + 1) ?? '';
}

interface Mailed {
  readonly id: string;
  readonly email: string;
  readonly link: string;
}

const verifiedPage = (realm: string, locale: string) =>
  `${portal(realm === STOCK_REALM ? 'changes' : 'main')}/${locale}/sign-up/verified`;

/** Has Keycloak send one more mail, just as the portal does; `lifespan` in seconds. */
async function mail(
  { id, email }: { id: string; email: string },
  { realm = REALM, locale = 'en', actions = ['VERIFY_EMAIL'], lifespan = 3600 } = {},
): Promise<Mailed> {
  const before = (await mailsTo(email, 0, 0)).length;
  const redirectUri = verifiedPage(realm, locale);
  await admin.users.executeActionsEmail({ realm, id, actions, lifespan, clientId: 'portal', redirectUri });
  await mailsTo(email, before + 1);
  return { id, email, link: await mailedLink(email) };
}

/** An account without a password and unverified, as the portal makes it, and its mail. */
async function account(
  options: { realm?: string; locale?: string; actions?: string[]; lifespan?: number; firstName?: string } = {},
): Promise<Mailed> {
  const email = newAddress();
  const { realm = REALM, locale = 'en', firstName = 'Ada' } = options;
  const { id } = await admin.users.create({
    realm,
    username: email.split('@')[0] ?? '',
    email,
    firstName,
    lastName: 'Harbour',
    enabled: true,
    emailVerified: false,
    attributes: { country: ['DE'], locale: [locale] },
  });
  return mail({ id, email }, options);
}

async function isVerified(id: string, realm = REALM): Promise<boolean | undefined> {
  return (await admin.users.findOne({ realm, id }))?.emailVerified;
}

/** Another device: nothing is known of the person there. */
async function elsewhere<T>(browser: Browser, use: (page: Page, context: BrowserContext) => Promise<T>, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Counts what a person's hand does, on all pages of a browser: presses of a pointer, and fields that are typed into. */
async function watchHand(page: Page) {
  const hand = { clicks: 0, fields: new Set<string>() };
  await page.exposeBinding('noteHand', (_source, what: string) => {
    if (what === 'click') hand.clicks += 1;
    else hand.fields.add(what);
  });
  await page.addInitScript(() => {
    const note = (what: string) => (window as unknown as { noteHand(what: string): void }).noteHand(what);
    addEventListener('pointerdown', (event) => event.isTrusted && note('click'), true);
    addEventListener('input', ({ target }) => note(`${location.pathname} ${(target as HTMLElement).id}`), true);
  });
  return hand;
}

test.describe('from the mail to the application', () => {
  for (const [name, fields] of [
    ['main', 3],
    ['form', 1],
  ] as const) {
    test(`one click, and the password (${name})`, async ({ page }) => {
      const email = newAddress();
      await page.goto(`${portal(name)}/en/sign-up`);
      await fillRequired(page, email);
      if (name === 'main') await tickCaptcha(page);
      else await choosePassword(page);
      await submit(page, 'Create account');
      await page.waitForURL('**/en/sign-up/check-email');
      const link = await mailedLink(email);

      const hand = await watchHand(page);
      const started = Date.now();
      await page.goto(link);
      await page.locator(BUTTON).click();
      if (name === 'main') {
        await page.locator('#password-new').fill(PASSWORD);
        await page.locator('#password-confirm').fill(PASSWORD);
        await page.keyboard.press('Enter');
      }
      // The portal's page goes on to the sign-in by itself, since this is the browser of the sign-up.
      await page.locator('#username').waitFor();
      await page.locator('#password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/en/welcome');
      const typed = `password typed into ${hand.fields.size} field(s)`;
      process.stdout.write(
        `  from the mail to signed in (${name}): ${hand.clicks} click, ${typed}, ${Date.now() - started} ms\n`,
      );
      expect(hand.clicks).toBe(1);
      expect(hand.fields.size).toBe(fields);
    });
  }

  test('with the keyboard alone', async ({ page }) => {
    const { link } = await account({ actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
    await page.goto(link);
    for (let presses = 0; presses < 3 && !(await page.locator(`${BUTTON}:focus`).count()); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(page.locator(BUTTON)).toBeFocused();
    await expect(page.locator(BUTTON)).toHaveCSS('outline-style', 'solid');
    await page.keyboard.press('Enter');
    await page.locator('#password-new').waitFor();
    await expect(page.locator('#password-new')).toBeFocused();
    await page.keyboard.type(PASSWORD);
    for (let presses = 0; presses < 3 && !(await page.locator('#password-confirm:focus').count()); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/sign-up/verified');
  });

  test('without JavaScript', async ({ browser }) => {
    const { id, link } = await account();
    await elsewhere(
      browser,
      async (page) => {
        await page.goto(link);
        await page.locator(BUTTON).click();
        await page.waitForURL('**/en/sign-up/verified');
      },
      { javaScriptEnabled: false },
    );
    expect(await isVerified(id)).toBe(true);
  });

  test('pressed twice in a hurry, the button counts once', async ({ page }) => {
    const { link } = await account();
    await page.goto(link);
    await page.locator(BUTTON).dblclick();
    await page.waitForURL('**/en/sign-up/verified');
  });

  test('through Keycloak’s own pages, where no theme may be installed', async ({ page }) => {
    const { id, link } = await account({ realm: STOCK_REALM, actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
    await page.goto(link);
    await expect(page.locator(BUTTON)).toHaveCount(0);
    await page.getByRole('link', { name: 'Confirm and continue' }).click();
    await chooseAtKeycloak(page);
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL('**/en/sign-up/verified');
    expect(await isVerified(id, STOCK_REALM)).toBe(true);
  });
});

test.describe('scanners', () => {
  /** What mail scanners do with a link, each without a person. */
  async function scan(browser: Browser, link: string, follow: boolean): Promise<void> {
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    let cookies = '';
    for (let times = 0; times < 4; times += 1) {
      const answer = await fetch(link, { headers: { cookie: cookies } });
      expect(answer.status).toBe(200);
      cookies = answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
    }
    for (let visits = 0; visits < 2; visits += 1) {
      await elsewhere(browser, async (page) => {
        await page.goto(link);
        await page.waitForLoadState('networkidle');
        await expect(page.locator('#kc-info-message')).toBeVisible();
        if (!follow) return;
        const hrefs = await page
          .locator('a[href]')
          .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
        const languages = await page
          .locator('option')
          .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
        for (const href of [...hrefs, ...languages]) {
          if (href !== null) await page.goto(new URL(href, link).href);
        }
      });
    }
  }

  test('HEAD, repeated GET, a browser that runs every script, one that follows every link: none verifies', async ({
    browser,
    page,
  }) => {
    const { id, link } = await account();
    await scan(browser, link, true);
    expect(await isVerified(id)).toBe(false);
    await page.goto(link);
    await pressConfirm(page);
    await page.waitForURL('**/en/sign-up/verified');
    expect(await isVerified(id)).toBe(true);
  });

  test('nor do they on Keycloak’s own pages, as long as they follow no link', async ({ browser, page }) => {
    const { id, link } = await account({ realm: STOCK_REALM });
    await scan(browser, link, false);
    expect(await isVerified(id, STOCK_REALM)).toBe(false);
    await page.goto(link);
    await pressConfirm(page);
    await page.getByRole('link', { name: 'Continue' }).waitFor();
    expect(await isVerified(id, STOCK_REALM)).toBe(true);
  });
});

/** How a link comes to fail, and where its page leads on. */
const FAULTS: Record<string, { spoil(page: Page, mailed: Mailed): Promise<string>; lifespan?: number; way: string }> = {
  Used: {
    async spoil(page, { link }) {
      await page.goto(link);
      await pressConfirm(page);
      await page.waitForURL('**/sign-up/verified');
      return link;
    },
    way: '/sign-up/verified',
  },
  Expired: { spoil: async (_page, { link }) => link, lifespan: 1, way: '/sign-up/check-email' },
  Stale: {
    async spoil(_page, { id, link }) {
      await admin.users.update({ realm: REALM, id }, { email: newAddress() });
      return link;
    },
    way: '/sign-up/check-email',
  },
  Gone: {
    async spoil(_page, { id, link }) {
      await admin.users.del({ realm: REALM, id });
      return link;
    },
    way: '/sign-up',
  },
  Disabled: {
    async spoil(_page, { id, link }) {
      await admin.users.update({ realm: REALM, id }, { enabled: false });
      return link;
    },
    way: '/sign-up',
  },
  Broken: { spoil: async (_page, { link }) => link.slice(0, -40), way: '/sign-up/check-email' },
};

test.describe('a link that can’t work any more', () => {
  for (const [fault, { spoil, lifespan, way }] of Object.entries(FAULTS)) {
    test(`says so kindly and leads on, in each language: ${fault}`, async ({ browser }) => {
      for (const locale of LOCALES) {
        const mailed = await account({ locale, ...(lifespan !== undefined && { lifespan }) });
        await elsewhere(
          browser,
          async (page) => {
            const link = await spoil(page, mailed);
            // A link of one second's life has to grow old first; opening it does nothing.
            await expect(async () => {
              expect((await page.goto(link))?.status()).toBe(400);
            }).toPass();
            await expect(page.locator(HEADING)).toHaveText(words(locale, `vestibule${fault}Title`));
            await expect(page.locator('html')).toHaveAttribute('lang', locale);
            await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
            const first = page.locator('#kc-error-message a').first();
            await expect(first).toHaveAttribute('href', `${portal('main')}/${locale}${way}`);
            if (locale !== 'de') await expectAccessible(page);
            await first.click();
            await page.waitForURL(`${portal('main')}/${locale}/sign-up**`);
            await expect(page.locator('main h1')).toBeVisible();
          },
          { locale },
        );
      }
    });
  }

  test('of somebody else than who is signed in says so without naming them, and lets them sign out', async ({
    page,
  }) => {
    const email = newAddress();
    await makeAccount(email, true);
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('#username').fill(email);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#kc-login').click();
    await page.waitForURL('**/en/welcome');
    const { id, link } = await account();
    await page.goto(link);
    await expect(page.locator(HEADING)).toHaveText(words('en', 'vestibuleOtherTitle'));
    expect(await page.content()).not.toContain(email.split('@')[0]);
    await page.locator('#kc-error-message a').click();
    await page.locator('#kc-logout').click();
    await page.waitForURL('**/en/signed-out');
    await page.goto(link);
    await pressConfirm(page);
    await page.waitForURL('**/en/sign-up/verified');
    expect(await isVerified(id)).toBe(true);
  });

  test('and that has grown old leads whoever signed up here to where a new mail is sent', async ({ page }) => {
    const email = newAddress();
    await page.goto(`${portal('main')}/en/sign-up`);
    await fillRequired(page, email);
    await tickCaptcha(page);
    await submit(page, 'Create account');
    await page.waitForURL('**/en/sign-up/check-email');
    const [user] = await admin.users.find({ realm: REALM, email, exact: true });
    const { link } = await mail({ id: user?.id ?? '', email }, { lifespan: 1 });
    await expect(async () => {
      expect((await page.goto(link))?.status()).toBe(400);
    }).toPass();
    await page.locator('#kc-error-message a').click();
    await page.waitForURL('**/en/sign-up/check-email');
    await expect(page.getByText(email)).toBeVisible();
  });

  test('leads on from Keycloak’s own page, too', async ({ page }) => {
    const { link } = await account({ realm: STOCK_REALM, lifespan: 1 });
    await expect(async () => {
      expect((await page.goto(link))?.status()).toBe(400);
    }).toPass();
    await expect(page.getByText('Please ask for a new one on the sign-up page')).toBeVisible();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL(`${portal('changes')}/en/sign-up`);
  });
});

test('of two mails each link works, whichever is used first', async ({ browser }) => {
  const first = await account();
  const second = await mail(first);
  expect(second.link).not.toBe(first.link);
  for (const { link } of [first, second]) {
    await elsewhere(browser, async (page) => {
      await page.goto(link);
      await pressConfirm(page);
      await page.waitForURL('**/en/sign-up/verified');
    });
    expect(await isVerified(first.id)).toBe(true);
  }
});

test.describe('the mail', () => {
  const SUBJECTS = {
    en: 'Confirm your email address',
    de: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    ar: 'يُرجى تأكيد عنوان بريدك الإلكتروني',
  };

  for (const locale of LOCALES) {
    test(`has one link, a button and its life, in HTML and in text (${locale})`, async ({ page }) => {
      const { email, link } = await account({ locale, actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
      const [received] = await mailsTo(email);
      expect(received?.subject).toBe(SUBJECTS[locale]);
      expect(received?.links).toEqual([link]);
      expect(received?.text).toContain(link);
      expect(received?.text).not.toMatch(/<\w|administrator/i);
      expect(received?.html).not.toMatch(/administrator|<img|<script/i);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.setContent(received?.html ?? '');
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator('h1')).toHaveCSS('text-align', locale === 'ar' ? 'right' : 'left');
      for (const anchor of await page.locator('a').all()) expect(await anchor.getAttribute('href')).toBe(link);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      const life = { en: '1 hour', de: '1 Stunde', ar: '1' }[locale];
      expect(await page.locator('body').textContent()).toContain(life);
      expect(received?.text).toContain(life);
    });
  }

  test('carries nothing of what a person called themselves', async () => {
    const name = '<b>$' + '{7*7}</b> http://evil.example';
    const before = await admin.users.getProfile({ realm: REALM });
    const attributes = before.attributes?.map((one) => (one.name === 'firstName' ? { ...one, validations: {} } : one));
    await admin.users.updateProfile({ ...before, realm: REALM, attributes: attributes ?? [] });
    try {
      const { id, email, link } = await account({ firstName: name });
      expect((await admin.users.findOne({ realm: REALM, id }))?.firstName).toBe(name);
      const [received] = await mailsTo(email);
      expect(received?.links).toEqual([link]);
      for (const part of [received?.subject, received?.text, received?.html]) {
        expect(part).not.toMatch(/evil|49|<b>|&lt;b|7\*7/);
      }
    } finally {
      await admin.users.updateProfile({ ...before, realm: REALM });
    }
  });

  test('that Keycloak sends by itself, to who signs in too early, is one of ours as well', async ({
    page,
    browser,
  }) => {
    const email = newAddress();
    await makeAccount(email, false);
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('#username').fill(email);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#kc-login').click();
    const [received] = await mailsTo(email);
    expect(received?.subject).toBe(SUBJECTS.en);
    expect(received?.html).toContain('dir="ltr"');
    await elsewhere(browser, async (other) => {
      await other.goto(await mailedLink(email));
      await expect(other.locator(HEADING)).toHaveText(words('en', 'vestibuleConfirmTitle'));
      await other.locator(BUTTON).click();
      await other.getByRole('link', { name: 'Continue' }).click();
      await other.waitForURL('**/en/sign-up/verified');
    });
    const [user] = await admin.users.find({ realm: REALM, email, exact: true });
    expect(user?.emailVerified).toBe(true);
  });
});

test.describe('only VERIFY_EMAIL verifies', () => {
  test('on Keycloak 26.7 any action’s link does; so the portal sends none without it', async ({ page, browser }) => {
    const { id, link } = await account({ actions: ['UPDATE_PASSWORD'] });
    await page.goto(link);
    // Not our words: this is no confirmation of an address to the person who reads it.
    await expect(page.locator(HEADING)).not.toHaveText(words('en', 'vestibuleConfirmTitle'));
    expect(await isVerified(id)).toBe(false);
    await pressConfirm(page);
    await page.locator('#password-new').waitFor();
    // Keycloak 26.7 (ExecuteActionsActionTokenHandler.handleToken): before anything was done. Later releases may differ.
    expect(await isVerified(id)).toBe(true);

    for (const name of ['main', 'form', 'invisible']) {
      await elsewhere(browser, async (visitor) => {
        const email = newAddress();
        await visitor.goto(`${portal(name)}/en/sign-up`);
        await fillRequired(visitor, email);
        if (name === 'main') await tickCaptcha(visitor);
        if (name === 'form') await choosePassword(visitor);
        await submit(visitor, 'Create account');
        await visitor.waitForURL('**/en/sign-up/check-email');
        const token = decodeJwt(new URL(await mailedLink(email)).searchParams.get('key') ?? '');
        expect(token.rqac).toContain('VERIFY_EMAIL');
      });
    }
  });
});

test.describe('the pages behind the link', () => {
  for (const locale of LOCALES) {
    test(`have no fault for axe and fit a phone (${locale})`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const { link } = await account({ locale, actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
      await page.goto(link);
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator(HEADING)).toHaveText(words(locale, 'vestibuleConfirmTitle'));
      await expect(page.locator(BUTTON)).toHaveText(words(locale, 'vestibuleConfirmButton'));
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await pressConfirm(page);
      await page.locator('#password-new').waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  }

  test('can be had in another language, and the button still works', async ({ page }) => {
    const { id, link } = await account();
    await page.goto(link);
    await page.locator('#login-select-toggle').selectOption({ label: 'German (Deutsch)' });
    await expect(page.locator(HEADING)).toHaveText(words('de', 'vestibuleConfirmTitle'));
    expect(await isVerified(id)).toBe(false);
    await pressConfirm(page);
    await page.waitForURL('**/sign-up/verified');
    expect(await isVerified(id)).toBe(true);
  });

  test('have the theme for the portal’s client alone; the other clients’ pages stay Keycloak’s', async ({ page }) => {
    const realm = await admin.realms.findOne({ realm: REALM });
    expect(realm?.loginTheme).toBeUndefined();
    expect(realm?.emailTheme).toBe('vestibule');
    const query = new URLSearchParams({
      client_id: 'shop',
      redirect_uri: `${stack.product.url}/arrive`,
      response_type: 'code',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    await page.goto(`${stack.keycloak.url}/realms/${REALM}/protocol/openid-connect/auth?${query}`);
    await page.locator('#username').waitFor();
    await expect(page.locator('link[href*="vestibule"]')).toHaveCount(0);
  });

  test('have the brand’s colours, which Keycloak’s process was given', async ({ page }) => {
    const { email, link } = await account();
    for (const [colorScheme, panel, accent] of [
      ['light', DEMO_THEME_VARIABLES.VESTIBULE_PANEL, DEMO_THEME_VARIABLES.VESTIBULE_ACCENT],
      ['dark', DEMO_THEME_VARIABLES.VESTIBULE_DARK_PANEL, DEMO_THEME_VARIABLES.VESTIBULE_DARK_ACCENT],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(link);
      const style = await page.locator(':root').evaluate((root) => {
        const computed = getComputedStyle(root);
        return ['panel', 'accent'].map((name) => computed.getPropertyValue(`--vestibule-${name}`));
      });
      expect(style).toEqual([panel, accent]);
    }
    expect((await mailsTo(email))[0]?.html).toContain(`background-color:${DEMO_THEME_VARIABLES.VESTIBULE_PANEL}`);
  });

  test('the sign-in that the portal asks for has the theme', async ({ page }) => {
    const email = newAddress();
    await makeAccount(email, true);
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('#username').fill(email);
    await expect(page.locator('link[href*="vestibule.css"]')).toHaveCount(1);
    await expectAccessible(page);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });
});
