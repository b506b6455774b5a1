import { expectAccessible } from './accessible';
import { expect, type Page, test } from './fixtures';
import { account, elsewhere, HEADING, isVerified, LOCALES, type Mailed, mail, REALM, words } from './mailed-link';
import { portal, realmAdmin, STOCK_REALM } from './stack';
import { fillRequired, makeAccount, newAddress, pressConfirm, signInByHand, submit, tickCaptcha } from './visitor';

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
      await (await realmAdmin()).users.update({ realm: REALM, id }, { email: newAddress() });
      return link;
    },
    way: '/sign-up/check-email',
  },
  Gone: {
    async spoil(_page, { id, link }) {
      await (await realmAdmin()).users.del({ realm: REALM, id });
      return link;
    },
    way: '/sign-up',
  },
  Disabled: {
    async spoil(_page, { id, link }) {
      await (await realmAdmin()).users.update({ realm: REALM, id }, { enabled: false });
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
    await signInByHand(page, email);
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
    const [user] = await (await realmAdmin()).users.find({ realm: REALM, email, exact: true });
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
