import { expect, type Page } from './fixtures';
import { home, test } from './journey';
import { openWayToKeycloak } from './relay';
import { portal, refreshRealm, stack } from './stack';
import { choosePassword, fillRequired, newAddress, PASSWORD, submit, tickCaptcha } from './visitor';

test.describe('a draft', () => {
  const name = (page: Page) => page.locator('[name="firstName"]');

  test('survives a reload and a language, never with the password, and not beyond its tab', async ({ newDevice }) => {
    const page = await newDevice();
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await fillRequired(page, newAddress());
    await page.locator('[name="country"]').selectOption({ index: 2 });
    const country = await page.locator('[name="country"]').inputValue();
    await choosePassword(page);
    await page.reload();
    await expect(name(page)).toHaveValue('Ada');
    await expect(page.locator('[name="country"]')).toHaveValue(country);
    await expect(page.locator('[name="password"]')).toHaveValue('');
    // Untouched since, and there once more.
    await page.reload();
    await expect(name(page)).toHaveValue('Ada');
    await page.locator('header summary').click();
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.waitForURL('**/de/sign-up?*');
    await expect(name(page)).toHaveValue('Ada');

    const kept = await page.evaluate(() => ({
      tab: JSON.stringify(sessionStorage),
      ever: JSON.stringify(localStorage),
    }));
    expect(kept.tab).toContain('Ada');
    expect(kept.tab).not.toContain(PASSWORD);
    expect(kept.ever).toBe('{}');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(name(other)).toHaveValue('');
  });

  test('survives a submit that never arrives, and is dropped once it is a sign-up', async ({ newDevice }) => {
    const page = await newDevice();
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await fillRequired(page, newAddress());
    await choosePassword(page);
    await page.route('**/en/sign-up?*', (route) => route.abort(), { times: 1 });
    await submit(page);
    await expect(page.locator('#sign-up [role="alert"]')).toContainText('Nothing you typed was lost');
    await page.goto(stack.product.url);
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await expect(name(page)).toHaveValue('Ada');
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
    expect(await page.evaluate(() => sessionStorage.getItem('vestibule.draft'))).toBeNull();
    await page.goBack();
    await expect(name(page)).toHaveValue('');
  });

  test('survives Keycloak’s absence, and becomes a sign-up when Keycloak is back', async ({ page }) => {
    let cut = await openWayToKeycloak();
    try {
      expect((await refreshRealm('cut-off')).status).toBe(200);
      await page.goto(`${portal('cut-off')}/en/sign-up`);
      await fillRequired(page, newAddress());
      await choosePassword(page);
      await cut();
      await submit(page);
      await expect(page.locator('#sign-up [role="alert"]')).toContainText('We cannot create accounts just now');
      await expect(name(page)).toHaveValue('Ada');
      await page.reload();
      await expect(name(page)).toHaveValue('Ada');
      await expect(page.locator('[name="password"]')).toHaveValue('');
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(PASSWORD);
      cut = await openWayToKeycloak();
      await choosePassword(page);
      await submit(page);
      await page.waitForURL('**/en/sign-up/check-email');
    } finally {
      await cut();
    }
  });

  test('survives a CAPTCHA that expires before the form is sent, and the page says so', async ({ page }) => {
    await page.clock.install();
    await page.goto(`${portal('main')}/en/sign-up`);
    await fillRequired(page, newAddress());
    await tickCaptcha(page);
    // So long hCaptcha's token lives; its widget then calls the page back.
    await page.clock.fastForward('02:00');
    await expect(page.locator('#field-captcha-error')).toHaveText(/has expired/);
    await submit(page);
    await expect(page.locator('#field-captcha-error')).toHaveText('Please complete the security check.');
    await expect(name(page)).toHaveValue('Ada');
    await page.reload();
    await expect(name(page)).toHaveValue('Ada');
    // The widget comes once somebody is at the form again.
    await name(page).focus();
    await tickCaptcha(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
  });
});
