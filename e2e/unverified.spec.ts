import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { portal, realmAdmin, stack } from './stack';
import { makeAccount, newAddress, signInByHand } from './visitor';

test('whoever is not verified gets no session, even where Keycloak would let them in', async ({ page }) => {
  const { realm } = stack.keycloak;
  const admin = await realmAdmin();
  const email = newAddress();
  await makeAccount(email, false);
  await admin.realms.update({ realm }, { verifyEmail: false });
  try {
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signInByHand(page, email);
    await page.waitForURL('**/en/sign-in-problem?*');
    await expect(page.getByText('Please confirm your e-mail address first')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${portal('main')}/en/welcome`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in');
  } finally {
    await admin.realms.update({ realm }, { verifyEmail: true });
  }
});
