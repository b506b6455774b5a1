import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { accepted, captchaError, control } from './captcha-page';
import { expect, test } from './fixtures';
import { portal } from './stack';
import { fillRequired, mailsTo, newAddress, submit } from './visitor';

const WORK = '**/api/captcha/challenge';

const status = (page: Page) => page.locator('#captcha [role="status"]');

test.afterEach(() => control({ mode: 'up', tokenLength: 0 }));

test.describe('proof of work', () => {
  const form = (locale = 'en') => `${portal('pow')}/${locale}/sign-up`;

  test('the browser does it by itself once somebody starts, and nobody else is asked', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const response = await page.goto(form());
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => url.includes('/api/captcha/'))).toEqual([]);
    await expect(status(page)).toHaveText(/as soon as you start/);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).not.toMatch(/hcaptcha|worker-src|unsafe/);

    const broken: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') broken.push(message.text());
    });
    const started = Date.now();
    await fillRequired(page, newAddress());
    await expect(status(page)).toHaveText('Your browser has been checked.');
    process.stdout.write(`    proof of work: done ${Date.now() - started} ms after the first focus\n`);
    await submit(page);
    await accepted(page);
    expect(broken).toEqual([]);
    expect(asked.filter((url) => new URL(url).origin !== portal('pow'))).toEqual([]);
  });

  test('it says in every language how far it is, and nothing moves on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const [locale, done] of [
      ['en', 'Your browser has been checked.'],
      ['de', 'Ihr Browser wurde geprüft.'],
      ['ar', 'تم فحص متصفحك.'],
    ] as const) {
      await page.goto(form(locale));
      const before = await page.locator('#captcha').boundingBox();
      await page.locator('[name="firstName"]').focus();
      await expect(status(page)).toHaveText(done);
      expect((await page.locator('#captcha').boundingBox())?.height).toBe(before?.height);
    }
    // Its other states are read in the preview.
    await expectAccessible(page);
  });

  test('whoever sends the form while it still works need not send it again', async ({ page }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(WORK, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(form());
    await fillRequired(page, newAddress());
    await expect(status(page)).toHaveText('Checking your browser…');
    await expect(page.locator('#captcha progress')).toBeVisible();
    await submit(page);
    await expect(page.locator('#sign-up > button')).toHaveAttribute('aria-disabled', 'true');
    release();
    await accepted(page);
  });

  test('where it fails the page says so, keeps the input, and offers to try again', async ({ page }) => {
    const email = newAddress();
    await page.route(WORK, (route) => route.fulfill({ status: 429 }));
    await page.goto(form());
    await fillRequired(page, email);
    await expect(status(page)).toContainText('did not finish');
    await expectAccessible(page);
    await submit(page);
    await expect(captchaError(page)).toHaveText(
      'The check of your browser did not finish. Please send the form once more.',
    );
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await page.unroute(WORK);
    await page.locator('#captcha button').click();
    await expect(status(page)).toHaveText('Your browser has been checked.');
    await expect(captchaError(page)).toBeEmpty();
    await submit(page);
    await accepted(page);
  });

  /** What a robot would post in place of the work, by the words that it gets. */
  const frauds: readonly (readonly [string, RegExp, (token: string) => string])[] = [
    ['left out', /did not finish/, () => ''],
    ['made up', /did not succeed/, () => Buffer.from('{"challenge":{},"solution":{}}').toString('base64')],
    [
      'made easier',
      /did not succeed/,
      (token) =>
        Buffer.from(Buffer.from(token, 'base64').toString().replace('"cost":5000', '"cost":1')).toString('base64'),
    ],
  ];
  const field = /(name="[^"]*\$proof_of_work"\r\n\r\n)([^\r]*)/;

  for (const [kind, words, spoil] of frauds) {
    test(`work that is ${kind} makes no account, loses nothing, and the next goes through`, async ({ page }) => {
      const email = newAddress();
      await page.goto(form());
      await fillRequired(page, email);
      await page.route(
        '**/en/sign-up',
        async (route) => {
          const posted = route.request().postData() ?? '';
          const token = field.exec(posted)?.[2] ?? '';
          expect(token).not.toBe('');
          await route.continue({ postData: posted.replace(field, (_, name) => `${name}${spoil(token)}`) });
        },
        { times: 1 },
      );
      await submit(page);
      await expect(captchaError(page)).toContainText(words);
      await expect(page.locator('[name="email"]')).toHaveValue(email);
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
      await submit(page);
      await accepted(page);
    });
  }

  test('work is spent once: taken along to another sign-up it makes none', async ({ page, context }) => {
    let spent = '';
    await page.route('**/en/sign-up', async (route) => {
      spent = field.exec(route.request().postData() ?? '')?.[2] ?? spent;
      await route.continue();
    });
    await page.goto(form());
    await fillRequired(page, newAddress());
    await submit(page);
    await accepted(page);
    expect(spent).not.toBe('');

    const other = await context.newPage();
    const email = newAddress();
    await other.goto(form());
    await fillRequired(other, email);
    await other.route(
      '**/en/sign-up',
      (route) =>
        route.continue({ postData: (route.request().postData() ?? '').replace(field, (_, name) => `${name}${spent}`) }),
      { times: 1 },
    );
    await submit(other);
    await expect(captchaError(other)).toContainText('has expired');
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    await submit(other);
    await accepted(other);
  });

  test('without JavaScript the page says that it needs it, and keeps what was typed', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(form());
    const notice = page.locator('#sign-up noscript p', { hasText: 'needs JavaScript' });
    await expect(notice).toBeVisible();
    await expect(status(page)).toBeHidden();
    const email = newAddress();
    await fillRequired(page, email);
    await submit(page);
    await expect(notice).toBeVisible();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    await context.close();
  });

  test('work is never kept by a cache, and not given out where no form asks for it', async ({ request }) => {
    const work = await request.get(`${portal('pow')}/api/captcha/challenge`);
    expect([work.status(), work.headers()['cache-control']]).toEqual([200, 'no-store']);
    expect((await request.get(`${portal('main')}/api/captcha/challenge`)).status()).toBe(404);
  });
});
