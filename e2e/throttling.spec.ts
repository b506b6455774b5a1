import { expect, type Page, test } from './fixtures';
import { portal } from './stack';
import { choosePassword, fillRequired, newAddress, PASSWORD, submit } from './visitor';

/** What the portal `strict` takes from one client address in an hour. The tests of this file share it, in their order. */
const LIMIT = 2;

async function sendForm(page: Page, email: string): Promise<void> {
  await page.goto(`${portal('strict')}/en/sign-up`);
  await fillRequired(page, email);
  await choosePassword(page);
  await submit(page, 'Create account');
}

const refusal = (page: Page) => page.locator('#sign-up [role="alert"]', { hasText: 'Too many attempts' });

test('a submit over the limit is told when to come back, whatever address it forges', async ({ page }) => {
  for (let attempt = 0; attempt <= LIMIT; attempt++) {
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': `198.51.100.${attempt}` });
    await sendForm(page, newAddress());
    if (attempt < LIMIT) await page.waitForURL('**/en/sign-up/check-email');
  }
  await expect(refusal(page)).toBeVisible();
});

test('what was typed survives the limit, a reload and a language, and the password does not', async ({ page }) => {
  const email = newAddress();
  await expect(async () => {
    await sendForm(page, email);
    await expect(refusal(page)).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(page.locator('[name="password"]')).toHaveValue(PASSWORD);
  await page.reload();
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(page.locator('[name="password"]')).toHaveValue('');
  await page.locator('header summary').click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.waitForURL('**/de/sign-up');
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(page.locator('[name="password"]')).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(PASSWORD);
});
