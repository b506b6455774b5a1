import { expectAccessible } from './accessible';
import { figure, MEASURED, median } from './figures';
import { expect, type Page } from './fixtures';
import { account, atSignIn, GOAL_MS, heading, home, signUp, test, watch } from './journey';
import { logFromNow, realmAdmin, stack } from './stack';
import { chooseAtKeycloak, confirmAddress, mailedLink, newAddress, pressConfirm, signInAtKeycloak } from './visitor';

const { realm } = stack.keycloak;

/** The page gives up after this long, however patiently it asks. */
const ONE_HOUR = '01:00:00';

/** @returns how often the page has asked since whether the address is verified */
function questionsOf(page: Page): () => number {
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/sign-up/status')) asked += 1;
  });
  return () => asked;
}

/** What the page would be told now: the portal keeps Keycloak's answer for a moment. */
async function status(page: Page): Promise<unknown> {
  const answer = await page.request.get(`${home()}/api/sign-up/status`);
  return (await answer.json()).status;
}

/** Notes how long it took (milliseconds), for the tables at the end of the run. */
function tellMove(after: string, times: readonly number[]): void {
  const [middle, most] = [median(times), Math.max(...times)].map(Math.round) as [number, number];
  figure('first-tab', { after, tries: times.length, 'median ms': middle, 'most ms': most });
}

/** Puts a tab behind another, or before it. */
async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

test.describe('the first tab goes on by itself', () => {
  test(
    'within five seconds of the click on another device, which is told to go back',
    MEASURED,
    async ({ newDevice }) => {
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        const page = await newDevice();
        const email = await signUp(page);
        await expect(watch(page)).toContainText('goes on by itself');
        const phone = await newDevice();
        await phone.goto(await mailedLink(email));
        const moved = atSignIn(page).then(() => performance.now());
        const clicked = performance.now();
        await pressConfirm(phone);
        times.push((await moved) - clicked);
        await phone.waitForURL('**/en/sign-up/verified');
        await expect(heading(phone)).toHaveText('You can sign in now');
        await expect(phone.getByText('go on where you started')).toBeVisible();
        await expectAccessible(phone);
        if (round > 0) continue;
        await signInAtKeycloak(page, email);
        await page.waitForURL('**/en/welcome');
      }
      tellMove('the click in the mail', times);
      expect(Math.max(...times)).toBeLessThan(GOAL_MS);
    },
  );

  test(
    'once the password is chosen, where the link asks for one, and says so meanwhile',
    MEASURED,
    async ({ newDevice }) => {
      const page = await newDevice();
      const email = await signUp(page, newAddress(), { client: false });
      const phone = await newDevice();
      await phone.goto(await mailedLink(email));
      await pressConfirm(phone);
      await phone.locator('#password-new').waitFor();
      await expect(watch(page)).toContainText('finish what the page behind the link asks for', { timeout: GOAL_MS });
      const moved = atSignIn(page).then(() => performance.now());
      const chosen = performance.now();
      await chooseAtKeycloak(phone);
      const took = (await moved) - chosen;
      tellMove('the choice of a password', [took]);
      expect(took).toBeLessThan(GOAL_MS);
      await signInAtKeycloak(page, email);
      await page.waitForURL('**/en/welcome');
    },
  );

  test('of two tabs of one browser the one with the link goes on, and the other follows to the end', async ({
    newDevice,
  }) => {
    const page = await newDevice();
    const email = await signUp(page);
    const second = await page.context().newPage();
    // A headless browser shows all its tabs at once.
    await show(page, 'hidden');
    await confirmAddress(second, email);
    await atSignIn(second);
    await show(page, 'visible');
    await expect(watch(page)).toContainText('another tab');
    await signInAtKeycloak(second, email);
    await second.waitForURL('**/en/welcome');
    await page.waitForURL('**/en/welcome');
    await expect(heading(page)).toContainText('Ada');
  });

  test('not while the page is hidden, and at once when it is shown', async ({ newDevice }) => {
    const page = await newDevice();
    await page.clock.install();
    const email = await signUp(page);
    const asked = questionsOf(page);
    await show(page, 'hidden');
    const before = asked();
    await confirmAddress(await newDevice(), email);
    await expect.poll(() => status(page)).toBe('verified');
    await page.clock.runFor(ONE_HOUR);
    const shown = performance.now();
    const moved = atSignIn(page);
    await show(page, 'visible');
    await moved;
    expect(performance.now() - shown).toBeLessThan(2_000);
    // Requests come in their order: with this one, any of the hour before would have come, too.
    expect(asked()).toBe(before + 1);
  });

  test('not once it is stopped, and again when it is asked to', async ({ newDevice }) => {
    const page = await newDevice();
    await page.clock.install();
    const email = await signUp(page);
    const asked = questionsOf(page);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(watch(page)).toContainText('waits no longer');
    const before = asked();
    await expectAccessible(page);
    await confirmAddress(await newDevice(), email);
    await expect.poll(() => status(page)).toBe('verified');
    await page.clock.runFor(ONE_HOUR);
    await expect(watch(page)).toContainText('waits no longer');
    const moved = atSignIn(page, GOAL_MS);
    await page.getByRole('button', { name: 'Check again' }).click();
    await moved;
    expect(asked()).toBe(before + 1);
  });

  test('and says so when Keycloak can’t be asked, and when the account is gone', async ({ newDevice }) => {
    const page = await newDevice();
    const email = await signUp(page);
    await page.route('**/api/sign-up/status', (route) => route.fulfill({ status: 503 }));
    await expect(watch(page)).toContainText('We cannot check just now');
    await page.unroute('**/api/sign-up/status');
    await expect(watch(page)).toContainText('goes on by itself');
    const admin = await realmAdmin();
    await admin.users.del({ realm, id: (await account(email))?.id ?? '' });
    await expect(watch(page)).toContainText('can no longer be continued');
    await page.goto(`${home()}/en/sign-up/verified`);
    await expect(heading(page)).toHaveText('This sign-up is no longer there');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Start again' }).click();
    await page.waitForURL('**/en/sign-up?client_id=shop');
  });

  test('without JavaScript a link asks, and the way on is a button', async ({ newDevice }) => {
    const page = await newDevice({ javaScriptEnabled: false });
    const email = await signUp(page);
    await page.getByRole('link', { name: 'I have confirmed it' }).click();
    await expect(heading(page)).toHaveText('Your address is not confirmed yet');
    await confirmAddress(await newDevice(), email);
    await page.reload();
    await expect(heading(page)).toHaveText('Your address is confirmed');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });

  test('the question is answered from the sealed cookie alone, is never stored, and has limits', async ({
    newDevice,
  }) => {
    const page = await newDevice();
    const { request } = page.context();
    const status = `${home()}/api/sign-up/status`;
    const stranger = await request.get(status);
    expect(await stranger.json()).toEqual({ status: 'gone' });
    expect(stranger.headers()['cache-control']).toBe('no-store');
    await signUp(page);
    expect(await (await request.get(status)).json()).toEqual({ status: 'pending' });
    let last = await request.get(status);
    for (let count = 0; count < 70 && last.status() === 200; count++) last = await request.get(status);
    expect(last.status()).toBe(429);
    expect(Number(last.headers()['retry-after'])).toBeGreaterThan(0);
  });

  test('a VERIFY_EMAIL that Keycloak left behind is repaired, and counted', async ({ newDevice }) => {
    const logged = logFromNow('journey');
    const page = await newDevice();
    const email = await signUp(page);
    const found = await account(email);
    const admin = await realmAdmin();
    await admin.users.update(
      { realm, id: found?.id ?? '' },
      { emailVerified: true, requiredActions: ['VERIFY_EMAIL'] },
    );
    await atSignIn(page, 10_000);
    expect((await account(email))?.requiredActions).toEqual([]);
    await expect
      .poll(() => logged('sign-up.verify-action-repaired'))
      .toEqual([expect.objectContaining({ userId: found?.id })]);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });
});
