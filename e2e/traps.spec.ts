import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { openForm } from './quick';
import { logFromNow, portal, realmAdmin } from './stack';
import { fillRequired, mailsTo, newAddress, submit, tickCaptcha } from './visitor';

/** A portal whose form takes eight seconds to fill in, with a CAPTCHA; `paced-plain` has none. */
const PACED = 'paced';

const alert = (page: Page) => page.locator('#sign-up [role="alert"]');

/** Has a page's next post carry another form token, past what the page itself holds. */
async function withToken(page: Page, token: string): Promise<void> {
  const field = /(name="[^"]*\$form"\r\n\r\n)([^\r]*)/;
  await page.route(
    '**/en/sign-up*',
    (route) => route.continue({ postData: (route.request().postData() ?? '').replace(field, `$1${token}`) }),
    { times: 1 },
  );
}

test('whoever is quicker than the clock waits the rest of it, and the page goes on by itself', async ({ page }) => {
  const log = logFromNow(PACED);
  await page.goto(`${portal(PACED)}/en/sign-up`);
  const email = newAddress();
  await fillRequired(page, email);
  await tickCaptcha(page);
  await submit(page);
  await expect(alert(page)).toContainText('One moment, please');
  await expect(alert(page).locator('bdi')).toHaveText(/^0:0[1-8]$/);
  // The ticked box stands: nobody has to prove twice that they are one.
  await page.waitForURL('**/en/sign-up/check-email');
  await expect.poll(() => log('sign-up.trapped').map(({ trap }) => trap)).toEqual(['too-soon']);
  expect(await mailsTo(email)).toHaveLength(1);
});

test('without JavaScript it is asked for once more, with all that was typed', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${portal('paced-plain')}/en/sign-up`);
  const email = newAddress();
  await fillRequired(page, email);
  await submit(page);
  await expect(alert(page)).toContainText('One moment, please');
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(async () => {
    await submit(page);
    await expect(page).toHaveURL(/check-email/, { timeout: 1_000 });
  }).toPass();
  await context.close();
});

test('a page that stood open too long goes on by itself with a fresh token', async ({ page }) => {
  const log = logFromNow(PACED);
  await page.goto(`${portal(PACED)}/en/sign-up`);
  await fillRequired(page, newAddress());
  await tickCaptcha(page);
  await withToken(page, 'as-good-as-too-old');
  await submit(page);
  await expect(alert(page)).toContainText('This page had been open for a long time');
  await page.waitForURL('**/en/sign-up/check-email');
  await expect.poll(() => log('sign-up.trapped').map(({ trap }) => trap)).toContain('stale');
});

test('a robot that posts without having been served, or at once, makes no account', async () => {
  const form = await openForm('paced-plain');
  const admin = await realmAdmin();
  for (const token of [undefined, 'made-up', '']) {
    const email = newAddress();
    const answer = await form.send({ email, ...(token !== undefined && { $form: token }) });
    expect(answer.status).toBe(200);
    expect(await admin.users.find({ realm: 'demo', email, exact: true })).toEqual([]);
  }
});

test('a token serves its own page alone', async ({ page }) => {
  await page.goto(`${portal('paced-plain')}/en/sign-up?client_id=shop`);
  const foreign = await page.locator('[name="$form"]').inputValue();
  await page.goto(`${portal('paced-plain')}/en/sign-up`);
  await fillRequired(page, newAddress());
  await withToken(page, foreign);
  await submit(page);
  await expect(alert(page)).toContainText('This page had been open for a long time');
  await page.waitForURL('**/en/sign-up/check-email');
});
