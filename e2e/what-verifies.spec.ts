import { decodeJwt } from 'jose';
import { type Browser, expect, test } from './fixtures';
import { account, elsewhere, HEADING, isVerified, mail, words } from './mailed-link';
import { portal, STOCK_REALM } from './stack';
import { choosePassword, fillRequired, mailedLink, newAddress, pressConfirm, submit, tickCaptcha } from './visitor';

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
