import { expectAccessible } from './accessible';
import { expect } from './fixtures';
import { atSignIn, heading, home, signUp, test, watch } from './journey';
import { confirmAddress, signInAtKeycloak } from './visitor';

/** The cookie that says that a sign-in has begun anew lately. */
const RESTARTED = 'vestibule-restarted';

test.describe('nothing strange ends the journey', () => {
  test('reload, back and forward each show the page that belongs there', async ({ newDevice }) => {
    const page = await newDevice();
    await page.clock.install();
    const email = await signUp(page);
    await page.reload();
    await expect(page.getByText(email)).toBeVisible();
    await page.goBack();
    await expect(page.locator('#sign-up')).toBeVisible();
    await page.goForward();
    await expect(page.getByText(email)).toBeVisible();
    await confirmAddress(await newDevice(), email);
    await atSignIn(page, 10_000);
    await page.locator('#password').waitFor();
    // Back is back: the page does not push forward again by itself.
    await page.goBack();
    await expect(watch(page)).toContainText('You can sign in now');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
    });
    await page.clock.runFor('01:00:00');
    await page.locator('section').getByRole('button', { name: 'Sign in' }).first().click();
    await page.locator('#password').waitFor();
    // The press is the first that was sent; an hour has sent nothing.
    expect(sent).toEqual(['/en/sign-up/check-email']);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
    await page.goto(`${home()}/en/sign-up/check-email`);
    await page.waitForURL('**/en/welcome');
  });

  test('a lost cookie leads to the form, and an open page says how to go on', async ({ newDevice }) => {
    const page = await newDevice();
    await signUp(page);
    await page.context().clearCookies();
    await expect(watch(page)).toContainText('can no longer be continued');
    await expect(page.getByRole('link', { name: 'Start again', exact: true })).toBeVisible();
    await page.reload();
    await page.waitForURL('**/en/sign-up');
  });

  test('a sign-in that took too long begins anew by itself, once', async ({ newDevice }) => {
    const page = await newDevice();
    const email = await signUp(page);
    await confirmAddress(await newDevice(), email);
    await atSignIn(page, 10_000);
    await page.locator('#password').waitFor();
    // As if the fifteen minutes were over that next-auth gives it.
    await page.context().clearCookies({ name: /pkce|state|nonce/ });
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
    await expect(heading(page)).toContainText('Ada');
    const [marker] = (await page.context().cookies()).filter(({ name }) => name === RESTARTED);
    expect(marker).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect((marker?.expires ?? 0) - Date.now() / 1_000).toBeLessThan(121);
  });

  test('a sign-in that can’t succeed does not go round in circles', async ({ newDevice }) => {
    const page = await newDevice();
    const email = await signUp(page);
    await confirmAddress(await newDevice(), email);
    await atSignIn(page, 10_000);
    await page.locator('#password').waitFor();
    // It has begun anew already, a moment ago.
    await page.context().addCookies([{ name: RESTARTED, value: '1', url: home() }]);
    await page.context().clearCookies({ name: /pkce/ });
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/sign-in-problem?*');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL('**/en/welcome');
  });
});
