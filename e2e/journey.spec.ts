import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible';
import { portal, realmAdmin, stack } from './stack';
import {
  chooseAtKeycloak,
  choosePassword,
  confirmAddress,
  fillRequired,
  mailedLink,
  mailsTo,
  makeAccount,
  newAddress,
  PASSWORD,
  pressConfirm,
  signInAtKeycloak,
  submit,
} from './visitor';

/** How soon the first tab must have moved on after the click that verifies (milliseconds). */
const GOAL_MS = 5_000;

/** The cookie that says that a sign-in has begun anew lately. */
const RESTARTED = 'vestibule-restarted';

const { realm } = stack.keycloak;
const home = () => portal('journey');

let visitors = 0;
const contexts: BrowserContext[] = [];

/** A browser of its own on an address of its own (RFC 5737), as another device is. */
async function newDevice(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  visitors += 1;
  const address = `198.51.${100 + (visitors >> 8)}.${visitors & 255}`;
  const context = await browser.newContext({ ...options, extraHTTPHeaders: { 'x-forwarded-for': address } });
  contexts.push(context);
  return context.newPage();
}

test.afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

/** Signs up, up to the page that waits. With `client` the password is chosen on the form. */
async function signUp(page: Page, email = newAddress(), { client = true, locale = 'en' } = {}): Promise<string> {
  await page.goto(`${home()}/${locale}/sign-up${client ? '?client_id=shop' : ''}`);
  await fillRequired(page, email);
  await page.locator('[name="username"]').fill(email.split('@')[0] ?? '');
  if (client) await choosePassword(page);
  await submit(page);
  await page.waitForURL(`**/${locale}/sign-up/check-email`);
  return email;
}

async function account(email: string) {
  const admin = await realmAdmin();
  const [found] = await admin.users.find({ realm, email, exact: true });
  return found;
}

const mailServer = (mode: 'accept' | 'refuse' | 'hang') =>
  fetch(`${stack.mail.url}/api/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
  });

const atSignIn = (page: Page, timeout?: number) =>
  page.waitForURL(/\/openid-connect\/auth\?|\/login-actions\/authenticate/, {
    waitUntil: 'commit',
    ...(timeout ? { timeout } : {}),
  });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const watch = (page: Page) => page.locator('section [role="status"]').first();
const resendButton = (page: Page) => page.getByRole('button', { name: 'Send the e-mail again' });

/** Puts a tab behind another, or before it. */
async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

/** What a person reads on the page that waits, whoever they are. */
async function words(page: Page, email: string): Promise<string> {
  const text = (await page.locator('main').textContent()) ?? '';
  return text
    .replaceAll(email, '<address>')
    .replace(/\d:\d\d/g, '<time>')
    .replace(/\d+ seconds?/g, '<seconds>');
}

async function openDisclosure(page: Page, name: string): Promise<void> {
  await page.locator('summary', { hasText: name }).click();
}

async function changeTo(page: Page, email: string): Promise<void> {
  await openDisclosure(page, 'Wrong address?');
  await page.getByLabel('New e-mail address').fill(email);
  await page.getByRole('button', { name: 'Change and send' }).click();
}

test.describe('while the mail is on its way', () => {
  test('a known provider’s inbox is one click away; an unknown domain shows none', async ({ browser }) => {
    const page = await newDevice(browser);
    await signUp(page, newAddress().replace('example.com', 'gmail.com'));
    const shortcut = page.getByRole('link', { name: 'Open Gmail' });
    await expect(shortcut).toHaveAttribute('href', 'https://mail.google.com/mail/');
    await expect(shortcut).toHaveAttribute('rel', /noreferrer/);
    await expectAccessible(page);
    await changeTo(page, newAddress());
    await page.waitForURL('**/check-email?changed');
    await expect(page.getByRole('link', { name: /^Open / })).toHaveCount(0);
  });

  test('the mail can be sent again after a countdown that the server enforces', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    const countdown = page.locator('#resend-wait');
    await expect(countdown).toHaveText(/Possible again in 0:\d\d/);
    await expect(resendButton(page)).toHaveAttribute('aria-disabled', 'true');
    const seconds = async () => Number((await countdown.textContent())?.split(':')[1]);
    const before = await seconds();
    await expect.poll(seconds).toBeLessThan(before);
    // Whoever gets round the page's own lock meets the server's.
    await page.evaluate(() => {
      for (const form of document.forms)
        form.addEventListener('submit', (event) => event.stopImmediatePropagation(), true);
    });
    const direct = await newDeviceWithCookies(browser, page);
    await direct.getByRole('button', { name: 'Send the e-mail again' }).click();
    await expect(direct.getByText(/Please wait \d+ seconds?/)).toBeVisible();
    expect(await mailsTo(email)).toHaveLength(1);

    await page.reload();
    await expect(resendButton(page)).not.toHaveAttribute('aria-disabled', 'true', { timeout: 35_000 });
    await resendButton(page).click();
    await expect(page.getByText('A new e-mail is on its way.')).toBeVisible();
    expect(await mailsTo(email, 2)).toHaveLength(2);
    await expect(countdown).toHaveText(/Possible again in/);
  });

  test('a changed address gets a link of its own, and the old link no longer verifies', async ({ browser }) => {
    const page = await newDevice(browser);
    const wrong = await signUp(page);
    const oldLink = await mailedLink(wrong);
    const id = (await account(wrong))?.id;
    const right = newAddress();
    await changeTo(page, right);
    await page.waitForURL('**/check-email?changed');
    await expect(page.getByText(right)).toBeVisible();
    await expect(page.getByText('no longer works').first()).toBeVisible();
    await expectAccessible(page);

    const phone = await newDevice(browser);
    const answer = await phone.goto(oldLink);
    // Keycloak's own verdict on a link whose address the account no longer has.
    expect(answer?.status()).toBe(400);
    await expect(phone.locator('#kc-info-message :is(a, button)')).toHaveCount(0);
    expect(await account(right)).toMatchObject({ id, emailVerified: false });
    expect(await account(wrong)).toBeUndefined();

    await confirmAddress(phone, right);
    await atSignIn(page, 10_000);
    await signInAtKeycloak(page, right);
    await page.waitForURL('**/en/welcome');
    expect(await account(right)).toMatchObject({ id, emailVerified: true });
  });

  test('a bad new address is named, the same one too, and nothing is changed', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await changeTo(page, 'nobody');
    await expect(page.locator('#new-address-error')).toContainText('does not look like an e-mail address');
    await expect(page.getByLabel('New e-mail address')).toHaveValue('nobody');
    await page.getByLabel('New e-mail address').fill(email.toUpperCase());
    await page.getByRole('button', { name: 'Change and send' }).click();
    await expect(page.locator('#new-address-error')).toContainText('have given already');
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test('a new address that is somebody’s looks the same, gets no mail, and can be changed once more', async ({
    browser,
  }) => {
    const taken = newAddress();
    await makeAccount(taken, true);
    const page = await newDevice(browser);
    const wrong = await signUp(page);
    const oldLink = await mailedLink(wrong);
    await changeTo(page, taken);
    await page.waitForURL('**/check-email?changed');
    const seen = await words(page, taken);
    expect(await mailsTo(taken, 0, 0)).toHaveLength(0);
    const phone = await newDevice(browser);
    expect((await phone.goto(oldLink))?.status()).toBe(400);
    const verdict = await phone.locator('#kc-error-message').textContent();

    const right = newAddress();
    await changeTo(page, right);
    await expect(page.getByText(right)).toBeVisible();
    expect(await words(page, right)).toBe(seen);
    expect(await mailsTo(right)).toHaveLength(1);
    await phone.goto(oldLink);
    expect(await phone.locator('#kc-error-message').textContent()).toBe(verdict);
    await confirmAddress(phone, right);
    await atSignIn(page, 10_000);
  });

  test('cancelling takes one confirmation and removes the account; a new sign-up can begin', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await openDisclosure(page, 'Cancel this sign-up');
    expect(await account(email)).toBeDefined();
    await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
    await page.waitForURL('**/en/sign-up/cancelled?client_id=shop');
    await expectAccessible(page);
    expect(await account(email)).toBeUndefined();
    await page.getByRole('link', { name: 'Sign up again' }).click();
    await signUp(page, email);
  });

  test('who has verified meanwhile can’t cancel or change any more, and is led on', async ({ browser }) => {
    for (const act of [
      async (page: Page) => {
        await openDisclosure(page, 'Cancel this sign-up');
        await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
      },
      (page: Page) => changeTo(page, newAddress()),
    ]) {
      const page = await newDevice(browser);
      const email = await signUp(page);
      // The page does not learn of it by itself.
      await page.route('**/api/sign-up/status', (route) => route.abort());
      await confirmAddress(await newDevice(browser), email);
      await act(page);
      await atSignIn(page);
      expect(await account(email)).toMatchObject({ emailVerified: true });
    }
  });

  test('a taken address answers the same to every button, and does nothing', async ({ browser }) => {
    const taken = newAddress();
    await makeAccount(taken, true);
    const seen: unknown[] = [];
    for (const email of [newAddress(), taken]) {
      const page = await newDevice(browser);
      await page.goto(`${home()}/en/sign-up?client_id=shop`);
      await fillRequired(page, email);
      await page.locator('[name="username"]').fill(`somebody-${Date.now()}`);
      await choosePassword(page);
      await submit(page);
      await page.waitForURL('**/check-email');
      const waiting = await words(page, email);
      const status = await (await page.request.get(`${home()}/api/sign-up/status`)).json();
      const direct = await newDeviceWithCookies(browser, page);
      await direct.getByRole('button', { name: 'Send the e-mail again' }).click();
      await expect(direct.getByText(/Please wait/)).toBeVisible();
      const resent = await words(direct, email);
      await page.getByRole('link', { name: 'I have confirmed it' }).click();
      const unconfirmed = await words(page, email);
      await page.goBack();
      const next = newAddress();
      await changeTo(page, next);
      await page.waitForURL('**/check-email?changed');
      const changed = await words(page, next);
      await openDisclosure(page, 'Cancel this sign-up');
      await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
      await page.waitForURL('**/sign-up/cancelled?*');
      seen.push({ waiting, status, resent, unconfirmed, changed, cancelled: await words(page, email) });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(await account(taken)).toMatchObject({ emailVerified: true });
    expect(await mailsTo(taken, 0, 0)).toHaveLength(0);
  });
});

/** The same visitor without a script, so that nothing but the server answers. */
async function newDeviceWithCookies(browser: Browser, page: Page): Promise<Page> {
  const direct = await newDevice(browser, { javaScriptEnabled: false });
  await direct.context().addCookies(await page.context().cookies());
  await direct.goto(page.url());
  return direct;
}

test.describe('the first tab goes on by itself', () => {
  test('within five seconds of the click on another device, which is told to go back', async ({ browser }) => {
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const page = await newDevice(browser);
      const email = await signUp(page);
      await expect(watch(page)).toContainText('goes on by itself');
      const phone = await newDevice(browser);
      await phone.goto(await mailedLink(email));
      const moved = atSignIn(page).then(() => performance.now());
      const clicked = performance.now();
      await pressConfirm(phone);
      times.push((await moved) - clicked);
      await phone.goto(`${home()}/en/sign-up/verified`);
      await expect(heading(phone)).toHaveText('You can sign in now');
      await expect(phone.getByText('go on where you started')).toBeVisible();
      await expectAccessible(phone);
      if (round > 0) continue;
      await signInAtKeycloak(page, email);
      await page.waitForURL('**/en/welcome');
    }
    const sorted = times.toSorted((one, other) => one - other);
    process.stdout.write(`    journey: mail click to first tab's move: ${times.map(Math.round).join(', ')} ms\n`);
    process.stdout.write(`    journey: median ${Math.round(sorted[1] ?? 0)} ms\n`);
    expect(Math.max(...times)).toBeLessThan(GOAL_MS);
  });

  test('once the password is chosen, where the link asks for one, and says so meanwhile', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page, newAddress(), { client: false });
    const phone = await newDevice(browser);
    await phone.goto(await mailedLink(email));
    await pressConfirm(phone);
    await phone.locator('#password-new').waitFor();
    await expect(watch(page)).toContainText('finish what the page behind the link asks for', { timeout: GOAL_MS });
    const moved = atSignIn(page).then(() => performance.now());
    const chosen = performance.now();
    await chooseAtKeycloak(phone);
    const took = (await moved) - chosen;
    process.stdout.write(`    journey: password chosen to first tab's move: ${Math.round(took)} ms\n`);
    expect(took).toBeLessThan(GOAL_MS);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });

  test('of two tabs of one browser the one with the link goes on, and the other follows to the end', async ({
    browser,
  }) => {
    const page = await newDevice(browser);
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

  test('not while the page is hidden, and at once when it is shown', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/sign-up/status')) asked += 1;
    });
    await show(page, 'hidden');
    await expect.poll(() => asked).toBeLessThan(2);
    const before = asked;
    await confirmAddress(await newDevice(browser), email);
    await page.waitForTimeout(5_000);
    expect(asked).toBe(before);
    const shown = performance.now();
    const moved = atSignIn(page);
    await show(page, 'visible');
    await moved;
    expect(performance.now() - shown).toBeLessThan(2_000);
  });

  test('not once it is stopped, and again when it is asked to', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(watch(page)).toContainText('waits no longer');
    await expectAccessible(page);
    await confirmAddress(await newDevice(browser), email);
    await page.waitForTimeout(5_000);
    expect(page.url()).toContain('/check-email');
    const moved = atSignIn(page, GOAL_MS);
    await page.getByRole('button', { name: 'Check again' }).click();
    await moved;
  });

  test('and says so when Keycloak can’t be asked, and when the account is gone', async ({ browser }) => {
    const page = await newDevice(browser);
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

  test('without JavaScript a link asks, and the way on is a button', async ({ browser }) => {
    const page = await newDevice(browser, { javaScriptEnabled: false });
    const email = await signUp(page);
    await page.getByRole('link', { name: 'I have confirmed it' }).click();
    await expect(heading(page)).toHaveText('Your address is not confirmed yet');
    await confirmAddress(await newDevice(browser), email);
    await page.reload();
    await expect(heading(page)).toHaveText('Your address is confirmed');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });

  test('the question is answered from the sealed cookie alone, is never stored, and has limits', async ({
    browser,
  }) => {
    const page = await newDevice(browser);
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

  test('a VERIFY_EMAIL that Keycloak left behind is repaired, and counted', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    const found = await account(email);
    const admin = await realmAdmin();
    await admin.users.update(
      { realm, id: found?.id ?? '' },
      { emailVerified: true, requiredActions: ['VERIFY_EMAIL'] },
    );
    await atSignIn(page, 10_000);
    expect((await account(email))?.requiredActions).toEqual([]);
    const said = readFileSync(stack.portals.journey?.log ?? '', 'utf8');
    expect(said).toContain(`"event":"sign-up.verify-action-repaired","userId":"${found?.id}"`);
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
  });
});

for (const mode of ['refuse', 'hang'] as const) {
  test(`a mail server that ${mode}s: the page says so, keeps the account, and tries again by itself`, async ({
    browser,
  }) => {
    const page = await newDevice(browser);
    const email = newAddress();
    await mailServer(mode);
    try {
      await signUp(page, email);
      await expect(heading(page)).toHaveText('Your account is ready, the e-mail is not');
      await expect(page.locator('#resend-wait')).toHaveText(/Next try in 0:0\d/);
      expect(await account(email)).toMatchObject({ emailVerified: false });
      await expect(page.getByText('The e-mail could not be sent.')).toBeVisible();
      // The second wait is longer than the first, by the server's word.
      await expect(page.locator('#resend-wait')).toHaveText(/Next try in 0:(10|0[6-9])/);
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    } finally {
      await mailServer('accept');
    }
    await expect(page.getByText('A new e-mail is on its way.')).toBeVisible();
    await expect(heading(page)).toHaveText('Check your e-mail');
    expect(await mailsTo(email)).toHaveLength(1);
  });
}

test.describe('nothing strange ends the journey', () => {
  test('reload, back and forward each show the page that belongs there', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await page.reload();
    await expect(page.getByText(email)).toBeVisible();
    await page.goBack();
    await expect(page.locator('#sign-up')).toBeVisible();
    await page.goForward();
    await expect(page.getByText(email)).toBeVisible();
    await confirmAddress(await newDevice(browser), email);
    await atSignIn(page, 10_000);
    await page.locator('#password').waitFor();
    // Back is back: the page does not push forward again by itself.
    await page.goBack();
    await expect(watch(page)).toContainText('You can sign in now');
    await page.waitForTimeout(4_000);
    expect(page.url()).toContain('/check-email');
    await watch(page).page().locator('section').getByRole('button', { name: 'Sign in' }).first().click();
    await signInAtKeycloak(page, email);
    await page.waitForURL('**/en/welcome');
    await page.goto(`${home()}/en/sign-up/check-email`);
    await page.waitForURL('**/en/welcome');
  });

  test('a lost cookie leads to the form, and an open page says how to go on', async ({ browser }) => {
    const page = await newDevice(browser);
    await signUp(page);
    await page.context().clearCookies();
    await expect(watch(page)).toContainText('can no longer be continued');
    await expect(page.getByRole('link', { name: 'Start again', exact: true })).toBeVisible();
    await page.reload();
    await page.waitForURL('**/en/sign-up');
  });

  test('a sign-in that took too long begins anew by itself, once', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await confirmAddress(await newDevice(browser), email);
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

  test('a sign-in that can’t succeed does not go round in circles', async ({ browser }) => {
    const page = await newDevice(browser);
    const email = await signUp(page);
    await confirmAddress(await newDevice(browser), email);
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

  test('a page of the last build sends its form to a new one: renewed, nothing lost, sent again', async ({
    browser,
  }) => {
    const page = await newDevice(browser);
    const email = newAddress();
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await fillRequired(page, email);
    await choosePassword(page);
    await page.route(
      '**/en/sign-up?*',
      async (route) => {
        const headers = route.request().headers();
        await route.continue({ headers: { ...headers, 'next-action': otherId(headers['next-action'] ?? '') } });
      },
      { times: 1 },
    );
    await submit(page);
    await expect(page.getByText('We renewed this page')).toBeVisible();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await expect(page.locator('[name="password"]')).toHaveValue('');
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');

    // The page that waits is renewed without a word: it holds nothing typed.
    await page.route(
      '**/en/sign-up/check-email',
      async (route) => {
        const headers = route.request().headers();
        await route.continue({ headers: { ...headers, 'next-action': otherId(headers['next-action'] ?? '') } });
      },
      { times: 1 },
    );
    await openDisclosure(page, 'Cancel this sign-up');
    await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
    await expect(heading(page)).toHaveText('Check your e-mail');
    expect(await account(email)).toBeDefined();
  });

  test('the same without JavaScript leads back to the form, in words', async ({ browser }) => {
    const page = await newDevice(browser, { javaScriptEnabled: false });
    const url = `${home()}/en/sign-up?client_id=shop`;
    await page.route(
      url,
      async (route) => {
        const response = await route.fetch();
        const html = (await response.text()).replace(/(?<=&quot;id&quot;:&quot;)[0-9a-f]+/g, otherId);
        await route.fulfill({ response, body: html });
      },
      { times: 1 },
    );
    await page.goto(url);
    await submit(page);
    await expect(page.getByText('We renewed this page')).toBeVisible();
    expect(page.url()).toContain('/en/sign-up?client_id=shop&renewed=');
  });
});

/** An action's id as another build has it: of the same shape, and unknown here. */
function otherId(id: string): string {
  return id.slice(0, 2) + [...id.slice(2)].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
}

test.describe('a draft', () => {
  const name = (page: Page) => page.locator('[name="firstName"]');

  test('survives a reload and a language, never with the password, and not beyond its tab', async ({ browser }) => {
    const page = await newDevice(browser);
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await fillRequired(page, newAddress());
    await page.locator('[name="country"]').selectOption({ index: 2 });
    const country = await page.locator('[name="country"]').inputValue();
    await choosePassword(page);
    await page.reload();
    await expect(name(page)).toHaveValue('Ada');
    await expect(page.locator('[name="country"]')).toHaveValue(country);
    await expect(page.locator('[name="password"]')).toHaveValue('');
    // Untouched since, and there once more.
    await page.reload();
    await expect(name(page)).toHaveValue('Ada');
    await page.locator('header summary').click();
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.waitForURL('**/de/sign-up?*');
    await expect(name(page)).toHaveValue('Ada');

    const kept = await page.evaluate(() => ({
      tab: JSON.stringify(sessionStorage),
      ever: JSON.stringify(localStorage),
    }));
    expect(kept.tab).toContain('Ada');
    expect(kept.tab).not.toContain(PASSWORD);
    expect(kept.ever).toBe('{}');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(name(other)).toHaveValue('');
  });

  test('survives a submit over the limit and Keycloak’s absence, and is dropped once it is a sign-up', async ({
    browser,
  }) => {
    const page = await newDevice(browser);
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    const email = newAddress();
    await fillRequired(page, email);
    await choosePassword(page);
    await page.route('**/en/sign-up?*', (route) => route.abort(), { times: 1 });
    await submit(page);
    await expect(page.locator('#sign-up [role="alert"]')).toContainText('Nothing you typed was lost');
    await page.goto(`${portal('away')}/en/sign-up`);
    await page.goto(`${home()}/en/sign-up?client_id=shop`);
    await expect(name(page)).toHaveValue('Ada');
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
    expect(await page.evaluate(() => sessionStorage.getItem('vestibule.draft'))).toBeNull();
    await page.goBack();
    await expect(name(page)).toHaveValue('');
  });
});
