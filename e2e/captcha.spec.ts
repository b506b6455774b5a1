import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { logFromNow, portal, stack } from './stack';
import { fillRequired, mailsTo, newAddress, submit, tickCaptcha } from './visitor';

const SERVICE = '**/1/api.js*';
const WORK = '**/api/captcha/challenge';

const control = async (wishes: object): Promise<{ verifications: { sent: Record<string, string> }[] }> => {
  const response = await fetch(`${stack.captcha.url}/control`, { method: 'POST', body: JSON.stringify(wishes) });
  expect(response.status).toBe(200);
  return response.json();
};

/** What siteverify says next, whatever it is asked. */
const says = (answer: object | string, status = 200) =>
  control({ nextVerify: { status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) } });

const error = (page: Page) => page.locator('#field-captcha-error');
const status = (page: Page) => page.locator('#captcha [role="status"]');
const accepted = (page: Page) => page.waitForURL('**/en/sign-up/check-email');

let visitors = 0;

/** Gives a page an address of its own (RFC 3849), towards the portals alone. */
async function comeFrom(page: Page, address: string): Promise<void> {
  await page.route(`${portal('stepped')}/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': address } }),
  );
}

/** An address that nobody had in this hour, also where the stack has been up for long. */
const newVisitor = () => `2001:db8:${(Date.now() % 65_536).toString(16)}:${(visitors++).toString(16)}::1`;

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
    await expect(error(page)).toHaveText('The check of your browser did not finish. Please send the form once more.');
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await page.unroute(WORK);
    await page.locator('#captcha button').click();
    await expect(status(page)).toHaveText('Your browser has been checked.');
    await expect(error(page)).toBeEmpty();
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
      await expect(error(page)).toContainText(words);
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
    await expect(error(other)).toContainText('has expired');
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
    await fillRequired(earlier, newAddress());
    await submit(earlier);
    await accepted(earlier);

    const email = newAddress();
    await fillRequired(page, email);
    await submit(page);
    await expect(error(page)).toContainText('A security check is needed here');
    await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    await expectAccessible(page);
    // It stays, also when the form comes back for another reason.
    await submit(page);
    await expect(error(page)).toHaveText('Please complete the security check.');
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
    await fillRequired(page, newAddress());
    await submit(page);
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
    await fillRequired(page, newAddress());
    await submit(page);
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
    await fillRequired(earlier, newAddress());
    await submit(earlier);
    await accepted(earlier);
    const email = newAddress();
    await fillRequired(page, email);
    await submit(page);
    await expect(error(page)).toContainText('A security check is needed here');
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
      await expect(error(page), code).toContainText(words);
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
      await expect(error(page)).toContainText('did not succeed');
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
      await expect(error(page)).toContainText('cannot be reached');
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
      await expect(error(page)).toHaveText('Please complete the security check.');
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
        await expect(error(page)).toContainText(words);
        await tickCaptcha(page);
      }
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    });
  });
});
