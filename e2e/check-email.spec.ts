import { expectAccessible } from './accessible';
import { expect, type Page } from './fixtures';
import { account, atSignIn, home, type NewDevice, openDisclosure, signUp, test } from './journey';
import { portal } from './stack';
import {
  choosePassword,
  confirmAddress,
  fillRequired,
  mailedLink,
  mailsTo,
  makeAccount,
  newAddress,
  signInAtKeycloak,
  submit,
} from './visitor';

/** What a person reads on the page that waits, whoever they are. */
async function words(page: Page, email: string): Promise<string> {
  const text = (await page.locator('main').textContent()) ?? '';
  return text
    .replaceAll(email, '<address>')
    .replace(/\d:\d\d/g, '<time>')
    .replace(/\d+ seconds?/g, '<seconds>');
}

async function changeTo(page: Page, email: string): Promise<void> {
  await openDisclosure(page, 'Wrong address?');
  await page.getByLabel('New e-mail address').fill(email);
  await page.getByRole('button', { name: 'Change and send' }).click();
}

const resendButton = (page: Page) => page.getByRole('button', { name: 'Send the e-mail again' });

/** The same visitor without a script, so that nothing but the server answers. */
async function withoutScript(newDevice: NewDevice, page: Page): Promise<Page> {
  const direct = await newDevice({ javaScriptEnabled: false });
  await direct.context().addCookies(await page.context().cookies());
  await direct.goto(page.url());
  return direct;
}

test.describe('while the mail is on its way', () => {
  test('a known provider’s inbox is one click away; an unknown domain shows none', async ({ newDevice }) => {
    const page = await newDevice();
    await signUp(page, newAddress().replace('example.com', 'gmail.com'));
    const shortcut = page.getByRole('link', { name: 'Open Gmail' });
    await expect(shortcut).toHaveAttribute('href', 'https://mail.google.com/mail/');
    await expect(shortcut).toHaveAttribute('rel', /noreferrer/);
    await expectAccessible(page);
    await changeTo(page, newAddress());
    await page.waitForURL('**/check-email?changed=*');
    await expect(page.getByRole('link', { name: /^Open / })).toHaveCount(0);
  });

  test('the mail can be sent again after a countdown that the server enforces', async ({ newDevice }) => {
    const page = await newDevice();
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
    const direct = await withoutScript(newDevice, page);
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

  test('a changed address gets a link of its own, and the old link no longer verifies', async ({ newDevice }) => {
    const page = await newDevice();
    const wrong = await signUp(page);
    const oldLink = await mailedLink(wrong);
    const id = (await account(wrong))?.id;
    const right = newAddress();
    await changeTo(page, right);
    await page.waitForURL('**/check-email?changed=*');
    await expect(page.getByText(right)).toBeVisible();
    await expect(page.getByText('no longer works').first()).toBeVisible();
    await expectAccessible(page);

    const phone = await newDevice();
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

  test('a bad new address is named, the same one too, and nothing is changed', async ({ newDevice }) => {
    const page = await newDevice();
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
    newDevice,
  }) => {
    const taken = newAddress();
    await makeAccount(taken, true);
    const page = await newDevice();
    const wrong = await signUp(page);
    const oldLink = await mailedLink(wrong);
    await changeTo(page, taken);
    await page.waitForURL('**/check-email?changed=*');
    const seen = await words(page, taken);
    expect(await mailsTo(taken, 0, 0)).toHaveLength(0);
    const phone = await newDevice();
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

  test('cancelling takes one confirmation and removes the account; a new sign-up can begin', async ({ newDevice }) => {
    const page = await newDevice();
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

  test('who has verified meanwhile can’t cancel or change any more, and is led on', async ({ newDevice }) => {
    for (const act of [
      async (page: Page) => {
        await openDisclosure(page, 'Cancel this sign-up');
        await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
      },
      (page: Page) => changeTo(page, newAddress()),
    ]) {
      const page = await newDevice();
      const email = await signUp(page);
      // The page does not learn of it by itself.
      await page.route('**/api/sign-up/status', (route) => route.abort());
      await confirmAddress(await newDevice(), email);
      await act(page);
      await atSignIn(page);
      expect(await account(email)).toMatchObject({ emailVerified: true });
    }
  });

  test('a taken address answers the same to every button, and does nothing', async ({ newDevice }) => {
    const taken = newAddress();
    await makeAccount(taken, true);
    const seen: unknown[] = [];
    for (const email of [newAddress(), taken]) {
      const page = await newDevice();
      await page.goto(`${home()}/en/sign-up?client_id=shop`);
      await fillRequired(page, email);
      await page.locator('[name="username"]').fill(`somebody-${Date.now()}`);
      await choosePassword(page);
      await submit(page);
      await page.waitForURL('**/check-email');
      const waiting = await words(page, email);
      const status = await (await page.request.get(`${home()}/api/sign-up/status`)).json();
      const direct = await withoutScript(newDevice, page);
      await direct.getByRole('button', { name: 'Send the e-mail again' }).click();
      await expect(direct.getByText(/Please wait/)).toBeVisible();
      const resent = await words(direct, email);
      await page.getByRole('link', { name: 'I have confirmed it' }).click();
      const unconfirmed = await words(page, email);
      await page.goBack();
      const next = newAddress();
      await changeTo(page, next);
      await page.waitForURL('**/check-email?changed=*');
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

test('who opens the page without a sign-up is led to the form', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up/check-email`);
  await page.waitForURL('**/en/sign-up');
});
