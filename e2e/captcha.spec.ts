import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { accepted, captchaError, control } from './captcha-page';
import { expect, test } from './fixtures';
import { logFromNow, portal } from './stack';
import { fillRequired, mailsTo, newAddress, newVisitor, submit, tickCaptcha } from './visitor';

const SERVICE = '**/1/api.js*';

/** What siteverify says next, whatever it is asked. */
const says = (answer: object | string, status = 200) =>
  control({ nextVerify: { status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) } });

const status = (page: Page) => page.locator('#captcha [role="status"]');

/** Gives a page an address of its own (RFC 3849), towards the portals alone. */
async function comeFrom(page: Page, address: string): Promise<void> {
  await page.route(`${portal('stepped')}/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': address } }),
  );
}

/** Fills the form in as somebody new, and sends it. @returns their address */
async function send(page: Page): Promise<string> {
  const email = newAddress();
  await fillRequired(page, email);
  await submit(page);
  return email;
}

test.afterEach(() => control({ mode: 'up', tokenLength: 0 }));

test.describe('from the second attempt of an address on', () => {
  const form = (query = '') => `${portal('stepped')}/en/sign-up${query}`;

  test('the answer brings the CAPTCHA to a page that had none, and the input stays', async ({ page, context }) => {
    const visitor = newVisitor();
    const earlier = await context.newPage();
    for (const one of [page, earlier]) {
      await comeFrom(one, visitor);
      await one.goto(form());
      await expect(one.locator('#captcha')).toHaveCount(0);
    }
    await send(earlier);
    await accepted(earlier);

    const email = await send(page);
    await expect(captchaError(page)).toContainText('A security check is needed here');
    await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await expectAccessible(page);
    // It stays, also when the form comes back for another reason.
    await submit(page);
    await expect(captchaError(page)).toHaveText('Please complete the security check.');
    await tickCaptcha(page);
    await submit(page);
    await accepted(page);

    // From now on the page has it from the beginning, for this address alone.
    await page.goto(form());
    await expect(page.locator('#captcha')).toBeVisible();
    const stranger = await context.newPage();
    await comeFrom(stranger, newVisitor());
    await stranger.goto(form());
    await expect(stranger.locator('#captcha')).toHaveCount(0);
  });

  test('looking at the page counts nothing', async ({ page }) => {
    await comeFrom(page, newVisitor());
    for (let look = 0; look < 3; look += 1) await page.goto(form());
    await send(page);
    await accepted(page);
  });

  test('a client may have another CAPTCHA, from another attempt on', async ({ page }) => {
    await comeFrom(page, newVisitor());
    for (let attempt = 1; attempt < 3; attempt += 1) {
      await page.goto(form('?client_id=shop'));
      await fillRequired(page, newAddress());
      await expect(page.locator('#captcha')).toHaveCount(0);
      await submit(page);
      await accepted(page);
    }
    await page.goto(form('?client_id=shop'));
    await expect(status(page)).toHaveText(/Your browser is checked here/);
    await send(page);
    await accepted(page);
  });

  test('without JavaScript the first attempt needs none; the second says what it needs, with the input', async ({
    browser,
  }) => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      extraHTTPHeaders: { 'x-forwarded-for': newVisitor() },
    });
    const [page, earlier] = [await context.newPage(), await context.newPage()];
    for (const one of [page, earlier]) await one.goto(form());
    await send(earlier);
    await accepted(earlier);
    const email = await send(page);
    await expect(captchaError(page)).toContainText('A security check is needed here');
    await expect(page.locator('#sign-up noscript p', { hasText: 'needs JavaScript' })).toBeVisible();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await context.close();
  });
});

test.describe('hCaptcha', () => {
  const form = () => `${portal('main')}/en/sign-up`;

  async function ready(page: Page, address = form()): Promise<string> {
    const email = newAddress();
    await page.goto(address);
    await fillRequired(page, email);
    await tickCaptcha(page);
    return email;
  }

  test('a token of 8 KB goes the whole way: page, portal, hCaptcha', async ({ page }) => {
    await control({ tokenLength: 8_192 });
    await ready(page);
    await submit(page);
    await accepted(page);
    const { verifications } = await control({});
    expect(verifications.at(-1)?.sent.response).toHaveLength(8_192);
  });

  test('each of its codes has an answer, and none of them costs the input', async ({ page }) => {
    const email = await ready(page);
    for (const [code, words] of [
      ['missing-input-response', 'Please complete'],
      ['invalid-input-response', 'did not succeed'],
      ['expired-input-response', 'has expired'],
      ['already-seen-response', 'has expired'],
      ['invalid-or-already-seen-response', 'has expired'],
      ['missing-input-secret', 'cannot be reached'],
      ['invalid-input-secret', 'cannot be reached'],
      ['bad-request', 'cannot be reached'],
      ['missing-remoteip', 'cannot be reached'],
      ['invalid-remoteip', 'cannot be reached'],
      ['not-using-dummy-passcode', 'cannot be reached'],
      ['not-using-dummy-secret', 'cannot be reached'],
      ['sitekey-secret-mismatch', 'cannot be reached'],
      ['a-code-of-tomorrow', 'did not succeed'],
    ] as const) {
      await says({ success: false, 'error-codes': [code] });
      await submit(page);
      await expect(captchaError(page), code).toContainText(words);
      await expect(page.locator('[name="email"]')).toHaveValue(email);
      await tickCaptcha(page);
    }
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    await submit(page);
    await accepted(page);
  });

  test('solved on another host, or for another site key, it makes no account', async ({ page }) => {
    const email = await ready(page);
    const log = logFromNow('main');
    for (const [said, code] of [
      [{ hostname: 'evil.example' }, 'other-hostname'],
      [{ hostname: 'localhost', sitekey: 'somebody-else' }, 'other-sitekey'],
    ] as const) {
      await says({ success: true, ...said });
      await submit(page);
      await expect(captchaError(page)).toContainText('did not succeed');
      await expect.poll(() => log('captcha.refused').flatMap(({ codes }) => codes)).toContain(code);
      await tickCaptcha(page);
    }
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
  });

  test('an answer that is none keeps the door shut, and the input', async ({ page }) => {
    const email = await ready(page);
    for (const [body, code] of [
      ['<html>', 200],
      ['{"success":false}', 200],
      ['{"success":true}', 500],
    ] as const) {
      await says(body, code);
      await submit(page);
      await expect(captchaError(page)).toContainText('cannot be reached');
      await expect(page.locator('[name="email"]')).toHaveValue(email);
      await tickCaptcha(page);
    }
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
  });

  test.describe('with CAPTCHA_WHEN_DOWN=open', () => {
    const open = () => `${portal('captcha-open')}/en/sign-up`;

    test('sign-ups pass while it is down, or does not answer, and each is counted in the log', async ({ page }) => {
      const log = logFromNow('captcha-open');
      for (const mode of ['down', 'hang']) {
        await ready(page, open());
        await control({ mode });
        await submit(page);
        await accepted(page);
        await control({ mode: 'up' });
      }
      await expect.poll(() => log('captcha.let-through')).toHaveLength(2);
      const [first, second] = log('captcha.let-through').map(({ count }) => Number(count));
      expect(second).toBe(Number(first) + 1);
    });

    test('they pass as well where its widget does not come, but only while it is down', async ({ page }) => {
      const email = newAddress();
      await page.route(SERVICE, (route) => route.abort());
      await page.goto(open());
      await fillRequired(page, email);
      await expect(status(page)).toContainText('did not load');
      await submit(page);
      await expect(captchaError(page)).toHaveText('Please complete the security check.');
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
      await control({ mode: 'down' });
      await submit(page);
      await accepted(page);
    });

    test('our own misconfiguration, a refusal and a high score never pass', async ({ page }) => {
      const email = await ready(page, open());
      for (const [answer, code, words] of [
        [{ success: false, 'error-codes': ['invalid-input-secret'] }, 200, 'cannot be reached'],
        [{}, 403, 'cannot be reached'],
        [{ success: false, 'error-codes': ['invalid-input-response'] }, 200, 'did not succeed'],
        [{ success: true, hostname: 'localhost', score: 0.9 }, 200, 'did not succeed'],
      ] as const) {
        await says(answer, code);
        await submit(page);
        await expect(captchaError(page)).toContainText(words);
        await tickCaptcha(page);
      }
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    });
  });
});
