import { renameSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { disposableList, FILED_DOMAIN, LEAKED_PASSWORD, RULES_PORTAL } from './rules-portal';
import { logFromNow, portal, realmAdmin, stack } from './stack';
import { choosePassword, fillRequired, newAddress, PASSWORD, submit } from './visitor';

const hint = (page: Page) => page.locator('#field-email-error');

/** Opens the form and fills it in well, but for what a test is about. */
async function open(page: Page, { locale = 'en', client = '', name = RULES_PORTAL } = {}) {
  await page.goto(`${portal(name)}/${locale}/sign-up${client === '' ? '' : `?client_id=${client}`}`);
}

async function send(page: Page, email: string, password: string = PASSWORD) {
  await fillRequired(page, email);
  await page.locator('[name="password"]').fill(password);
  await page.locator('[name="password-confirm"]').fill(password);
  await submit(page);
}

async function expectNoAccount(email: string) {
  const found = await (await realmAdmin()).users.find({ realm: stack.keycloak.realm, email, exact: true });
  expect(found).toEqual([]);
}

test.describe('an address', () => {
  const cases = [
    ['to throw away', `ada@${FILED_DOMAIN}`, 'an address to throw away'],
    ['of a denied domain', 'ada@denied.example', 'Addresses of this e-mail provider'],
    ['that is denied alone, under a tag', 'ada+x@blocked.example', 'This address cannot be used here'],
    ['of two alphabets', 'ada@\u0430pple.example', 'can be taken for others'],
    ['with something invisible', 'ada@exam\u202Eple.com', 'invisible characters'],
  ] as const;
  for (const [what, email, words] of cases) {
    test(`${what} is refused beside its field, and everything typed stays`, async ({ page }) => {
      await open(page);
      await send(page, email);
      await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
      await expect(page.locator('#field-email-error')).toContainText(words);
      await expect(page.locator('[name="email"]')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator('[name="firstName"]')).toHaveValue('Ada');
      await expect(page.locator('[name="password"]')).toHaveValue(PASSWORD);
      await expectNoAccount(email);
    });
  }

  test('of a subdomain of what is denied exactly is taken', async ({ page }) => {
    await open(page);
    await send(page, newAddress().replace('example.com', 'mail.denied.example'));
    await page.waitForURL('**/en/sign-up/check-email');
  });

  test('is judged by the rules of the client that sent the visitor', async ({ page }) => {
    await open(page, { client: 'developers' });
    await send(page, 'ada+shop@example.com');
    await expect(page.locator('#field-email-error')).toContainText('without the +');
    await send(page, newAddress().replace('example.com', FILED_DOMAIN));
    await page.waitForURL('**/en/sign-up/check-email');
  });

  test('is judged again where it is changed', async ({ page }) => {
    await open(page);
    await send(page, newAddress());
    await page.waitForURL('**/en/sign-up/check-email');
    await page.getByText('Wrong address? Change it').click();
    await page.locator('#new-address').fill(`ada@${FILED_DOMAIN}`);
    await page.getByRole('button', { name: 'Change and send' }).click();
    await expect(page.locator('#new-address-error')).toContainText('an address to throw away');
    await expect(page.locator('#new-address')).toHaveValue(`ada@${FILED_DOMAIN}`);
  });
});

test('a newer list of disposable domains holds without a restart', async ({ page }) => {
  await open(page);
  await send(page, `ada@${FILED_DOMAIN}`);
  await expect(page.locator('#field-email-error')).toContainText('an address to throw away');
  const file = stack.disposableFile;
  writeFileSync(`${file}.next`, `${disposableList('throwaway')}\n${disposableList('brand-new')}`);
  renameSync(`${file}.next`, file);
  let tries = 0;
  await expect(async () => {
    // What comes before the portal's next look at the file is still taken.
    await open(page);
    await send(page, `ada-${++tries}@brand-new-7.example`);
    await expect(page.locator('#field-email-error')).toContainText('an address to throw away', { timeout: 3_000 });
  }).toPass();
});

test.describe('a password', () => {
  const cases = [
    ['that many use', 'Welcome2026!', 'Very many people use this password'],
    ['made of the brand', 'Northwind-9!', 'mostly a name'],
    ['made of the visitor’s name', 'Harbour-1990', 'mostly a name'],
    ['that has leaked', LEAKED_PASSWORD, 'data leak'],
  ] as const;
  for (const [what, password, words] of cases) {
    test(`${what} is refused beside its field, and everything typed stays`, async ({ page }) => {
      const email = newAddress();
      await open(page);
      await send(page, email, password);
      await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
      await expect(page.locator('#field-password-error')).toContainText(words);
      await expect(page.locator('[name="email"]')).toHaveValue(email);
      await expect(page.locator('[name="password"]')).toHaveValue(password);
      await expectNoAccount(email);
      await choosePassword(page);
      await submit(page);
      await page.waitForURL('**/en/sign-up/check-email');
    });
  }

  test('that has such a word in it among others is taken', async ({ page }) => {
    await open(page);
    await send(page, newAddress(), 'The northwind blows over 9 quiet hills');
    await page.waitForURL('**/en/sign-up/check-email');
  });

  test('is taken as the realm wants it where the client’s rules are off', async ({ page }) => {
    await open(page, { client: 'shop' });
    await send(page, newAddress(), LEAKED_PASSWORD);
    await page.waitForURL('**/en/sign-up/check-email');
  });

  test('is taken where nobody can be asked whether it leaked, and the log counts it', async ({ page }) => {
    const said = logFromNow('rules-deaf');
    await open(page, { name: 'rules-deaf' });
    await send(page, newAddress(), LEAKED_PASSWORD);
    await page.waitForURL('**/en/sign-up/check-email');
    await expect
      .poll(() => said('leaked-passwords.unavailable'))
      .toEqual([expect.objectContaining({ level: 'warn', failures: expect.any(Number), reason: expect.any(String) })]);
    expect(JSON.stringify(said())).not.toContain(LEAKED_PASSWORD);
  });

  for (const [locale, words] of [
    ['de', 'Datenleck'],
    ['ar', 'تسريب'],
  ] as const) {
    test(`is refused in the visitor’s language: ${locale}`, async ({ page }) => {
      await open(page, { locale });
      await send(page, newAddress(), LEAKED_PASSWORD);
      await expect(page.locator('#field-password-error')).toContainText(words);
    });
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a refused password is named beside its field, and the rest stays', async ({ page }) => {
    const email = newAddress();
    await open(page);
    await send(page, email, LEAKED_PASSWORD);
    await expect(page.locator('#field-password-error')).toContainText('data leak');
    await expect(page.locator('[name="email"]')).toHaveValue(email);
  });

  test('a slip in the address is asked about on the next page, with the change filled in', async ({ page }) => {
    const email = newAddress().replace('example.com', 'gmial.com');
    await open(page);
    await send(page, email);
    await page.waitForURL('**/en/sign-up/check-email');
    const meant = email.replace('gmial', 'gmail');
    await expect(page.getByText('Did you mean')).toContainText(meant);
    await expect(page.locator('#new-address')).toBeVisible();
    await expect(page.locator('#new-address')).toHaveValue(meant);
  });
});

test.describe('a slip in the address', () => {
  test('is offered to be mended beside the field, by keyboard alone, and is announced', async ({ page }) => {
    await open(page);
    const email = page.locator('[name="email"]');
    await email.fill('ada+tag@gmial.con');
    await email.press('Tab');
    await expect(hint(page)).toContainText('Did you mean ada+tag@gmail.com?');
    await expect(page.locator('#sign-up [role="status"].sr-only')).toHaveText('Did you mean ada+tag@gmail.com?');
    await expectAccessible(page);
    const take = hint(page).getByRole('button', { name: 'Yes, use it' });
    await email.focus();
    await email.press('Tab');
    await expect(take).toBeFocused();
    await take.press('Enter');
    await expect(email).toHaveValue('ada+tag@gmail.com');
    await expect(email).toBeFocused();
    await expect(hint(page)).toBeEmpty();
  });

  test('stays offered while other fields are filled in, and is gone once the address changes', async ({ page }) => {
    await open(page);
    const email = page.locator('[name="email"]');
    await email.fill('ada@hotmial.com');
    await email.blur();
    await expect(hint(page)).toContainText('ada@hotmail.com');
    await page.locator('[name="firstName"]').fill('Ada');
    await page.locator('[name="firstName"]').blur();
    await expect(hint(page)).toContainText('ada@hotmail.com');
    await email.press('End');
    await email.press('x');
    await expect(hint(page)).toBeEmpty();
  });

  test('moves nothing on the page, and stops nobody', async ({ page }) => {
    await open(page);
    const email = newAddress().replace('example.com', 'gmial.com');
    await fillRequired(page, email);
    const below = () =>
      page.locator('[name="firstName"]').evaluate((element) => element.getBoundingClientRect().top + scrollY);
    const before = await below();
    await page.locator('[name="email"]').focus();
    await page.locator('[name="email"]').blur();
    await expect(hint(page)).toContainText('Did you mean');
    expect(await below()).toBe(before);
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
    await expect(page.getByText('Did you mean')).toContainText(email.replace('gmial', 'gmail'));
  });

  test('gives way to what is wrong', async ({ page }) => {
    await open(page);
    const email = page.locator('[name="email"]');
    await email.fill('a da@gmial.com');
    await email.blur();
    await expect(hint(page)).toContainText('does not look like an e-mail address');
    await expect(hint(page)).not.toContainText('Did you mean');
  });

  for (const domain of ['gmx.de', 'gmx.net', 'ymail.com', 'mail.com', 'live.nl']) {
    test(`is not seen where there is none: ${domain}`, async ({ page }) => {
      await open(page);
      const email = page.locator('[name="email"]');
      await email.fill('ada@gmial.com');
      await email.blur();
      await expect(hint(page)).toContainText('Did you mean');
      await email.fill(`ada@${domain}`);
      await email.blur();
      await expect(hint(page)).toBeEmpty();
    });
  }

  test('is shown left to right in Arabic', async ({ page }) => {
    await open(page, { locale: 'ar' });
    const email = page.locator('[name="email"]');
    await email.fill('ada@gmial.com');
    await email.blur();
    await expect(hint(page)).toContainText('هل تقصد');
    await expect(hint(page).locator('bdi')).toHaveText('ada@gmail.com');
    await expect(hint(page).locator('bdi')).toHaveCSS('direction', 'ltr');
  });
});
