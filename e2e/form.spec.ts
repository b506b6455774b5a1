import { expect, test } from '@playwright/test';
import { portal } from './stack';
import { fillRequired, newAddress, PASSWORD } from './visitor';

test('mistakes are listed, tied to their fields, and nothing typed is lost', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  await page.locator('[name="email"]').fill('not-an-address');
  await page.locator('[name="firstName"]').fill('Ada');
  await page.getByRole('button', { name: 'Create account' }).click();
  const summary = page.locator('#sign-up [role="alert"]');
  await expect(summary).toBeFocused();
  const email = page.locator('[name="email"]');
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#field-email-error')).toContainText('does not look like an e-mail address');
  await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
});

test('switching the language keeps what was typed', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  await page.locator('[name="firstName"]').fill('Ada');
  await page.locator('header summary').click();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.waitForURL('**/de/sign-up');
  await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
});

test('a submit over the limit is told when to come back', async ({ page }) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    await page.goto(`${portal('strict')}/en/sign-up`);
    await fillRequired(page, newAddress());
    await page.getByRole('button', { name: 'Create account' }).click();
    if (attempt < 2) await page.waitForURL('**/en/sign-up/check-email');
  }
  await expect(page.locator('#sign-up [role="alert"]')).toContainText('Too many attempts');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('mistakes come back with what was typed, and a right form goes through', async ({ page }) => {
    await page.goto(`${portal('form')}/en/sign-up`);
    await page.locator('[name="firstName"]').fill('Ada');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.locator('#sign-up [role="alert"]')).toBeVisible();
    await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
    await fillRequired(page, newAddress());
    await page.locator('[name="password"]').fill(PASSWORD);
    await page.locator('[name="password-confirm"]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/en/sign-up/check-email');
  });
});

/** A bad value for each kind of field of the demo realm, and a word of the sentence that it gets. */
const BAD_VALUES = [
  { name: 'username', value: 'a b', words: /characters cannot be used/ },
  { name: 'email', value: 'name@', words: /does not look like an e-mail address/ },
  { name: 'firstName', value: '<b>', words: /cannot be used in a name/ },
] as const;

for (const { name, value, words } of BAD_VALUES) {
  test(`a bad value of ${name} is named beside the field as soon as it is left`, async ({ page }) => {
    await page.goto(`${portal('form')}/en/sign-up`);
    await page.locator(`[name="${name}"]`).fill(value);
    await page.locator(`[name="${name}"]`).blur();
    await expect(page.locator(`#field-${name}-error`)).toContainText(words);
  });
}
