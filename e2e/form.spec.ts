import { SIGN_UP_MARK } from '../lib/sign-up-mark';
import { expect, test } from './fixtures';
import { portal, realmAdmin, stack } from './stack';
import { choosePassword, fillRequired, makeAccount, newAddress, PASSWORD, submit } from './visitor';

test('mistakes are listed, tied to their fields, and nothing typed is lost', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  await page.locator('[name="email"]').fill('not-an-address');
  await page.locator('[name="firstName"]').fill('Ada');
  await submit(page, 'Create account');
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
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.waitForURL('**/de/sign-up');
  await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a button below the form switches the language and keeps what was typed', async ({ page }) => {
    await page.goto(`${portal('form')}/en/sign-up?client_id=shop`);
    await page.locator('[name="firstName"]').fill('Ada');
    await page.locator('[name="password"]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.waitForURL('**/de/sign-up?client_id=shop');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
    await expect(page.locator('[name="password"]')).toHaveValue('');
    await expect(page.locator('#sign-up [role="alert"]')).toHaveCount(0);
  });

  test('mistakes come back with what was typed, and a right form goes through', async ({ page }) => {
    await page.goto(`${portal('form')}/en/sign-up`);
    await page.locator('[name="firstName"]').fill('Ada');
    await submit(page, 'Create account');
    await expect(page.locator('#sign-up [role="alert"]')).toBeVisible();
    await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
    await fillRequired(page, newAddress());
    await choosePassword(page);
    await submit(page, 'Create account');
    await page.waitForURL('**/en/sign-up/check-email');
  });
});

/** A bad value for each kind of field of the demo realm, and a word of the sentence that it gets. */
const BAD_VALUES = [
  { name: 'username', value: 'a b', words: /characters cannot be used/ },
  { name: 'email', value: 'name@', words: /does not look like an e-mail address/ },
  { name: 'firstName', value: '<b>', words: /cannot be used in a name/ },
  { name: 'phone', value: 'call me', words: /phone|number|digits/i },
  { name: 'sailNumber', value: 'lower 1', words: /sail|letters/i },
  { name: 'boatLength', value: '61', words: /from 2 to 60/ },
  { name: 'homePorts', value: 'x', words: /2 to 60 characters/ },
] as const;

for (const { name, value, words } of BAD_VALUES) {
  test(`a bad value of ${name} is named beside the field as soon as it is left`, async ({ page }) => {
    await page.goto(`${portal('form')}/en/sign-up`);
    await page.locator(`[name="${name}"]`).fill(value);
    await page.locator(`[name="${name}"]`).blur();
    await expect(page.locator(`#field-${name}-error`)).toContainText(words);
  });
}

/** Bad values that no control lets a person enter; what a robot posts is judged by the server alone. */
const FORGED_VALUES = [
  { name: 'country', value: 'XX', words: /choose one of the options/ },
  { name: 'boatType', value: 'submarine', words: /choose one of the options/ },
  { name: 'interests', value: 'gold', words: /choose one of the options/ },
  { name: 'deliveryNotes', value: 'x'.repeat(501), words: /at most 500 characters/ },
  { name: 'birthday', value: '2001-02-30', words: /enter a date that exists/ },
] as const;

for (const { name, value, words } of FORGED_VALUES) {
  test(`a forged value of ${name} is refused by the server, beside its field`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const url = `${portal('form')}/en/sign-up`;
    // Another control takes the place of the real one on its way to the browser.
    await page.route(url, async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const response = await route.fetch();
      const forged = `<input type="hidden" name="${name}" value="${value}">`;
      const html = (await response.text())
        .replaceAll(`name="${name}"`, 'data-replaced=""')
        .replace('<div class="offscreen"', `${forged}<div class="offscreen"`);
      await route.fulfill({ response, body: html });
    });
    await page.goto(url);
    await submit(page, 'Create account');
    await expect(page.locator(`#field-${name}-error`)).toContainText(words);
    await context.close();
  });
}

test('an attribute that only administrators may edit is neither shown nor taken', async ({ page }) => {
  const email = newAddress();
  await page.goto(`${portal('form')}/en/sign-up?client_id=shop`);
  await expect(page.locator('[name="customerTier"]')).toHaveCount(0);
  await fillRequired(page, email);
  await choosePassword(page);
  await page.evaluate(() => {
    const forged = {
      customerTier: 'gold',
      enabled: 'false',
      emailVerified: 'true',
      groups: '/admins',
      realmRoles: 'admin',
    };
    for (const [name, value] of Object.entries(forged)) {
      const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
      document.querySelector('#sign-up')?.append(input);
    }
  });
  await submit(page, 'Create account');
  await page.waitForURL('**/en/sign-up/check-email');
  const [user] = await (await realmAdmin()).users.find({ realm: stack.keycloak.realm, email, exact: true });
  expect(user).toMatchObject({ enabled: true, emailVerified: false });
  expect(user?.attributes).toEqual({
    country: [expect.any(String)],
    locale: ['en'],
    [SIGN_UP_MARK]: ['portal', email, expect.any(String)],
  });
});

test('lines of a list are added and removed, up to the most that the realm allows', async ({ page }) => {
  const email = newAddress();
  await page.goto(`${portal('form')}/en/sign-up?client_id=shop`);
  await fillRequired(page, email);
  await choosePassword(page);
  const lines = page.locator('[name="homePorts"]');
  const add = page.getByRole('button', { name: 'Add another: Home ports' });
  await lines.first().fill('Cowes');
  await add.click();
  await expect(lines.nth(1)).toBeFocused();
  await lines.nth(1).fill('Brest');
  await add.click();
  await lines.nth(2).fill('Kiel');
  await expect(add).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove Home ports number 2' }).click();
  await expect(lines).toHaveCount(2);
  await submit(page);
  await page.waitForURL('**/check-email');
  const admin = await realmAdmin();
  const [user] = await admin.users.find({ realm: stack.keycloak.realm, email, exact: true });
  expect(user?.attributes?.homePorts).toEqual(['Cowes', 'Kiel']);
});

test('an attribute of a client scope is asked for when the scope is requested', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up?client_id=shop`);
  await expect(page.locator('[name="crewNumber"]')).toHaveCount(0);
  await page.goto(`${portal('form')}/en/sign-up?client_id=shop&scope=openid+loyalty`);
  await expect(page.locator('[name="crewNumber"]')).toHaveCount(1);
});

test('a number is shown in the realm’s format, and is judged and stored without it', async ({ page }) => {
  const taken = newAddress();
  await makeAccount(taken, true);
  await page.goto(`${portal('form')}/en/sign-up`);
  const number = page.locator('[name="mmsi"]');
  const caret = () => number.evaluate((input: HTMLInputElement) => input.selectionStart);
  await number.pressSequentially('21123456');
  await expect(number).toHaveValue('21123456');
  await number.press('7');
  await expect(number).toHaveValue('211 234 567');
  await number.press('Backspace');
  await expect(number).toHaveValue('211 234 56');
  await number.press('0');
  await number.evaluate((input: HTMLInputElement) => input.setSelectionRange(3, 3));
  await number.press('9');
  await expect(number).toHaveValue('211 923 456');
  expect(await caret(), 'the caret is behind what was typed').toBe('211 9'.length);
  await number.press('Backspace');
  await number.press('8');
  await expect(number).toHaveValue('211 823 456');
  await number.press('Delete');
  await expect(number).toHaveValue('211 83 456');
  await number.blur();
  await expect(page.locator('#field-mmsi-error')).toContainText('nine digits');
  await number.fill('211234560');
  await expect(page.locator('#field-mmsi-error')).toBeEmpty();
  await expect(number).toHaveValue('211 234 560');

  const email = newAddress();
  await fillRequired(page, email);
  await choosePassword(page);
  await page.locator('[name="username"]').fill(taken.split('@')[0] ?? '');
  await submit(page, 'Create account');
  await expect(page.locator('#field-username-error')).not.toBeEmpty();
  await expect(number).toHaveValue('211 234 560');

  await fillRequired(page, email);
  await submit(page, 'Create account');
  await page.waitForURL('**/en/sign-up/check-email');
  const [user] = await (await realmAdmin()).users.find({ realm: stack.keycloak.realm, email, exact: true });
  expect(user?.attributes).toMatchObject({ mmsi: ['211234560'] });
});

test('a number that came along from another page is formatted there, before anyone touches it', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  // No event tells the page: as if its script weren't there yet.
  await page.locator('[name="mmsi"]').evaluate((input: HTMLInputElement) => {
    input.value = '211234560';
  });
  await page.locator('header summary').click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.waitForURL('**/de/sign-up');
  await expect(page.locator('[name="mmsi"]')).toHaveValue('211 234 560');
});

test('the password’s rules are listed, ticked off while typing, and a wrong repetition is named', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up`);
  const rule = page.getByRole('listitem').filter({ hasText: 'at least 10 characters' });
  const password = page.locator('[name="password"]');
  await password.fill('short');
  await expect(rule).toContainText('not met yet');
  await password.blur();
  await expect(page.locator('#field-password-error')).toContainText('too short');
  await password.fill(PASSWORD);
  await expect(rule).not.toContainText('not met yet');
  await expect(page.locator('#field-password-error')).toBeEmpty();
  await page.locator('[name="password-confirm"]').fill('Something-else-1');
  await page.locator('[name="password-confirm"]').blur();
  await expect(page.locator('#field-password-confirm-error')).toHaveText('The two passwords are not the same.');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
});
