import type { BrowserContext } from '@playwright/test';
import { expect, test } from './fixtures';
import { portal, realmAdmin } from './stack';
import { openSecurePortal } from './tls';
import { choosePassword, confirmAddress, fillRequired, newAddress, signInAtKeycloak, submit } from './visitor';

/** The realm of the portals `known`, `known-too` and `secure`. */
const realm = 'known';

/** Cookies that the portal has set in a browser; Keycloak's are its own. */
async function ownCookies(context: BrowserContext) {
  const all = await context.cookies();
  return all.filter(({ name }) => /vestibule|next-auth|NEXT_/.test(name));
}

test.describe('behind https', () => {
  test.use({ ignoreHTTPSErrors: true });

  let secure: Awaited<ReturnType<typeof openSecurePortal>>;
  test.beforeAll(async () => {
    secure = await openSecurePortal();
    const admin = await realmAdmin();
    const [client] = await admin.clients.find({ realm, clientId: 'portal' });
    const redirectUris = [...(client?.redirectUris ?? []), `${secure.url}/*`];
    await admin.clients.update({ realm, id: client?.id ?? '' }, { ...client, redirectUris });
  });
  test.afterAll(() => secure.stop());

  test('[v5.0.0-3.3.1] every cookie is bound to the host, sent over https alone, and hidden from scripts', async ({
    page,
  }) => {
    const email = newAddress();
    // Another language than the browser's is remembered.
    await page.goto(`${secure.url}/de/sign-up`);
    await page.goto(`${secure.url}/en/sign-up`);
    await fillRequired(page, email);
    if (await page.locator('[name="password"]').count()) await choosePassword(page);
    await submit(page);
    await page.waitForURL(`${secure.url}/en/sign-up/check-email`);
    await confirmAddress(page, email);
    expect(page.url()).toContain(`${secure.url}/en/sign-up/verified`);
    await signInAtKeycloak(page, email);
    await page.waitForURL(`${secure.url}/en/welcome`);
    const cookies = await ownCookies(page.context());
    expect(cookies.map(({ name }) => name).sort()).toEqual([
      'NEXT_LOCALE',
      '__Host-next-auth.callback-url',
      '__Host-next-auth.csrf-token',
      '__Host-next-auth.session-token',
      '__Host-vestibule-pending',
      '__Host-vestibule-way-out',
    ]);
    for (const cookie of cookies)
      expect.soft(cookie, cookie.name).toMatchObject({
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        domain: 'localhost',
      });
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });
});

test.describe('when the secret is changed', () => {
  /** Signs up and in at a portal. */
  async function signUp(page: import('@playwright/test').Page, name: string): Promise<string> {
    const email = newAddress();
    await page.goto(`${portal(name)}/en/sign-up`);
    await fillRequired(page, email);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
    return email;
  }

  test('[v5.0.0-13.3.4] a sign-up goes on, and a session stays, where the secret before is known', async ({ page }) => {
    const email = await signUp(page, 'known');
    await page.goto(`${portal('known-too')}/en/sign-up/check-email`);
    await expect(page.locator('main')).toContainText(email);
    await confirmAddress(page, email);
    await signInAtKeycloak(page, email);
    await page.waitForURL(`${portal('known')}/en/welcome`);
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('Welcome, Ada');
    await page.goto(`${portal('known-too')}/en/welcome`);
    await expect(heading).toHaveText('Welcome, Ada');
  });

  test('[v5.0.0-13.3.4] where it is not, both are gone, and the page says how to go on', async ({ page }) => {
    const email = await signUp(page, 'known-too');
    await page.goto(`${portal('known')}/en/sign-up/check-email`);
    await expect(page).toHaveURL(`${portal('known')}/en/sign-up`);
    await page.goto(`${portal('known-too')}/en/sign-up/check-email`);
    await expect(page.locator('main')).toContainText(email);
    await confirmAddress(page, email);
    await signInAtKeycloak(page, email);
    await page.waitForURL(`${portal('known-too')}/en/welcome`);
    await page.goto(`${portal('known')}/en/welcome`);
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Ada');
    await expect(page.locator('main').getByRole('button')).not.toHaveCount(0);
  });
});
