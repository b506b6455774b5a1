import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible';
import { portal, realmAdmin, stack } from './stack';
import { newAddress, PASSWORD } from './visitor';

test('whoever is not verified gets no session, even where Keycloak would let them in', async ({ page }) => {
  const { realm } = stack.keycloak;
  const admin = await realmAdmin();
  const email = newAddress();
  await admin.users.create({
    realm,
    username: email.split('@')[0] ?? '',
    email,
    firstName: 'Ada',
    lastName: 'Harbour',
    enabled: true,
    attributes: { country: ['DE'] },
    credentials: [{ type: 'password', value: PASSWORD }],
  });
  await admin.realms.update({ realm }, { verifyEmail: false });
  try {
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('#username').fill(email);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#kc-login').click();
    await page.waitForURL('**/en/sign-in-problem?*');
    await expect(page.getByText('Please confirm your e-mail address first')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${portal('main')}/en/welcome`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in');
  } finally {
    await admin.realms.update({ realm }, { verifyEmail: true });
  }
});
