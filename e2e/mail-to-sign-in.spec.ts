import { figure, MEASURED } from './figures';
import { expect, type Page, test } from './fixtures';
import { account, BUTTON, elsewhere, isVerified } from './mailed-link';
import { portal, STOCK_REALM } from './stack';
import {
  chooseAtKeycloak,
  choosePassword,
  fillRequired,
  mailedLink,
  newAddress,
  PASSWORD,
  submit,
  tickCaptcha,
} from './visitor';

/** Counts what a person's hand does, on all pages of a browser: presses of a pointer, and fields that are typed into. */
async function watchHand(page: Page) {
  const hand = { clicks: 0, fields: new Set<string>() };
  await page.exposeBinding('noteHand', (_source, what: string) => {
    if (what === 'click') hand.clicks += 1;
    else hand.fields.add(what);
  });
  await page.addInitScript(() => {
    const note = (what: string): void => Reflect.get(window, 'noteHand')(what);
    addEventListener('pointerdown', (event) => event.isTrusted && note('click'), true);
    addEventListener('input', ({ target }) => note(`${location.pathname} ${(target as HTMLElement).id}`), true);
  });
  return hand;
}

test.describe('from the mail to the application', () => {
  for (const [name, way, fields] of [
    ['main', 'after-verification', 3],
    ['form', 'form', 1],
  ] as const) {
    test(`one click, and the password (${name})`, MEASURED, async ({ page }) => {
      const email = newAddress();
      await page.goto(`${portal(name)}/en/sign-up`);
      await fillRequired(page, email);
      if (name === 'main') await tickCaptcha(page);
      else await choosePassword(page);
      await submit(page, 'Create account');
      await page.waitForURL('**/en/sign-up/check-email');
      const link = await mailedLink(email);

      const hand = await watchHand(page);
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
      await expect.poll(() => [hand.clicks, hand.fields.size]).toEqual([1, fields]);
      figure('first-time', { way: `${way}, sent with Enter`, clicks: hand.clicks + 1, fields, touches: 0 });
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
