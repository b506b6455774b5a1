import { DEMO_THEME_VARIABLES } from '../keycloak/demo-brands';
import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { account, BUTTON, HEADING, isVerified, LOCALES, REALM, words } from './mailed-link';
import { portal, realmAdmin, stack } from './stack';
import { mailsTo, makeAccount, newAddress, pressConfirm, signInAtKeycloak } from './visitor';

test.describe('the pages behind the link', () => {
  for (const locale of LOCALES) {
    test(`have no fault for axe and fit a phone (${locale})`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const { link } = await account({ locale, actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
      await page.goto(link);
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator(HEADING)).toHaveText(words(locale, 'vestibuleConfirmTitle'));
      await expect(page.locator(BUTTON)).toHaveText(words(locale, 'vestibuleConfirmButton'));
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await pressConfirm(page);
      await page.locator('#password-new').waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  }

  test('can be had in another language, and the button still works', async ({ page }) => {
    const { id, link } = await account();
    await page.goto(link);
    await page.locator('#login-select-toggle').selectOption({ label: 'German (Deutsch)' });
    await expect(page.locator(HEADING)).toHaveText(words('de', 'vestibuleConfirmTitle'));
    expect(await isVerified(id)).toBe(false);
    await pressConfirm(page);
    await page.waitForURL('**/sign-up/verified');
    expect(await isVerified(id)).toBe(true);
  });

  test('have the theme for the portal’s client alone; the other clients’ pages stay Keycloak’s', async ({ page }) => {
    const realm = await (await realmAdmin()).realms.findOne({ realm: REALM });
    expect(realm?.loginTheme).toBeUndefined();
    expect(realm?.emailTheme).toBe('vestibule');
    const query = new URLSearchParams({
      client_id: 'shop',
      redirect_uri: `${stack.product.url}/arrive`,
      response_type: 'code',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    await page.goto(`${stack.keycloak.url}/realms/${REALM}/protocol/openid-connect/auth?${query}`);
    await page.locator('#username').waitFor();
    await expect(page.locator('link[href*="vestibule"]')).toHaveCount(0);
  });

  test('have the brand’s colours, which Keycloak’s process was given', async ({ page }) => {
    const { email, link } = await account();
    for (const [colorScheme, panel, accent] of [
      ['light', DEMO_THEME_VARIABLES.VESTIBULE_PANEL, DEMO_THEME_VARIABLES.VESTIBULE_ACCENT],
      ['dark', DEMO_THEME_VARIABLES.VESTIBULE_DARK_PANEL, DEMO_THEME_VARIABLES.VESTIBULE_DARK_ACCENT],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(link);
      const style = await page.locator(':root').evaluate((root) => {
        const computed = getComputedStyle(root);
        return ['panel', 'accent'].map((name) => computed.getPropertyValue(`--vestibule-${name}`));
      });
      expect(style).toEqual([panel, accent]);
    }
    expect((await mailsTo(email))[0]?.html).toContain(`background-color:${DEMO_THEME_VARIABLES.VESTIBULE_PANEL}`);
  });

  test('the sign-in that the portal asks for has the theme', async ({ page }) => {
    const email = newAddress();
    await makeAccount(email, true);
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('#username').fill(email);
    await expect(page.locator('link[href*="vestibule.css"]')).toHaveCount(1);
    await expectAccessible(page);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });
});
