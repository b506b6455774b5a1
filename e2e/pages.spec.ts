import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { portal } from './stack';
import { submit, tickCaptcha } from './visitor';

const PATHS = [
  'sign-up',
  'sign-in-problem',
  'signed-out',
  'welcome',
  'sign-up/verified',
  'sign-up/cancelled',
  'nowhere',
];

for (const locale of ['en', 'ar']) {
  test(`axe finds nothing on any page, light or dark (${locale})`, async ({ page }) => {
    for (const path of PATHS) {
      await page.goto(`${portal('form')}/${locale}/${path}`);
      if (path === 'sign-up') await submit(page);
      await expectAccessible(page);
    }
  });
}

for (const locale of ['en', 'de', 'ar']) {
  test(`nothing is cut off at 320 pixels, also with all errors shown (${locale})`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const name of ['main', 'form']) {
      await page.goto(`${portal(name)}/${locale}/sign-up?client_id=shop`);
      await submit(page);
      await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
  });
}

test('the form can be filled and sent with the keyboard alone', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('[name="username"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('[name="username"]')).toBeFocused();
});

test('a path without a language leads to the language that the application asks for', async ({ page }) => {
  await page.goto(`${portal('form')}/sign-up?ui_locales=fr+de&client_id=shop`);
  await page.waitForURL('**/de/sign-up?*');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('no script runs on a page but those that the server wrote', async ({ page }) => {
  const response = await page.goto(`${portal('form')}/en/sign-up`);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("frame-ancestors 'none'");
});

test('the page with its CAPTCHA, solved, has no fault for axe either', async ({ page }) => {
  await page.goto(`${portal('main')}/en/sign-up?client_id=shop`);
  await page.locator('[name="firstName"]').fill('Ada');
  await tickCaptcha(page);
  await expectAccessible(page);
});

test('while the realm can’t be read the portal lives, and its page says so and offers to try again', async ({
  page,
}) => {
  await page.goto(`${portal('away')}/de/sign-up`);
  await expect(page.getByRole('link', { name: 'Erneut versuchen' })).toBeVisible();
  await expectAccessible(page);
  expect((await page.request.get(`${portal('away')}/api/health`)).status()).toBe(200);
  expect((await page.request.get(`${portal('away')}/api/health?ready`)).status()).toBe(503);
});

test('a path that looks like a file is a page of ours, too, when there is no such file', async ({ page }) => {
  const response = await page.goto(`${portal('form')}/en/no.html`);
  expect(response?.status()).toBe(404);
  expect(response?.headers()['content-security-policy']).toContain("object-src 'none'");
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
});
