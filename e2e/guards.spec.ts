import { expect, test } from './fixtures';
import { portal, stack } from './stack';
import { confirmAddress, fillRequired, mailsTo, newAddress, signInAtKeycloak, submit, tickCaptcha } from './visitor';

const control = (body: object) =>
  fetch(`${stack.captcha.url}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a form without its CAPTCHA is not sent, and says so', async ({ page }) => {
  await page.goto(`${portal('main')}/en/sign-up`);
  await fillRequired(page, newAddress());
  await submit(page);
  await expect(page.locator('#field-captcha-error')).toHaveText('Please complete the security check.');
  await expect(page.locator('#sign-up [role="alert"]')).toBeFocused();
});

test('while nobody can verify a CAPTCHA the door stays shut, and the input is kept', async ({ page }) => {
  const email = newAddress();
  await page.goto(`${portal('main')}/en/sign-up`);
  await fillRequired(page, email);
  await tickCaptcha(page);
  await control({ mode: 'down' });
  try {
    await submit(page);
    await expect(page.locator('#field-captcha-error')).toContainText('cannot be reached');
    await expect(page.locator('[name="email"]')).toHaveValue(email);
  } finally {
    await control({ mode: 'up' });
  }
  await tickCaptcha(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
});

test('a redirect_uri that is not the client’s is never offered', async ({ page }) => {
  const email = newAddress();
  const query = new URLSearchParams({ client_id: 'shop', redirect_uri: 'https://evil.example/arrive' });
  await page.goto(`${portal('main')}/en/sign-up?${query}`);
  await fillRequired(page, email);
  await tickCaptcha(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(page.locator('a[href*="evil.example"]')).toHaveCount(0);
});

/** What a robot would post in place of a good token, by what is wrong with it. */
const BAD_TOKENS: readonly (readonly [string, RegExp, (token: string) => Promise<string>])[] = [
  ['wrong', /did not succeed/, async () => 'made-up-token'],
  ['missing', /Please complete/, async () => ''],
  [
    'reused',
    /has expired/,
    async (token) => {
      const form = new URLSearchParams({
        secret: stack.captcha.secret,
        response: token,
        sitekey: stack.captcha.siteKey,
      });
      await fetch(`${stack.captcha.url}/siteverify`, { method: 'POST', body: form });
      return token;
    },
  ],
  [
    'expired',
    /has expired/,
    async (token) => {
      await control({ expire: token });
      return token;
    },
  ],
];

for (const [kind, words, spoil] of BAD_TOKENS) {
  test(`a ${kind} CAPTCHA token makes no account, loses nothing, and a new one goes through`, async ({ page }) => {
    const email = newAddress();
    await page.goto(`${portal('main')}/en/sign-up`);
    await fillRequired(page, email);
    await tickCaptcha(page);
    // The browser's own check is passed by: the server must see what a robot would post.
    const field = /(name="[^"]*h-captcha-response"\r\n\r\n)([^\r]*)/;
    await page.route(
      '**/en/sign-up',
      async (route) => {
        const posted = route.request().postData() ?? '';
        const token = await spoil(field.exec(posted)?.[2] ?? '');
        await route.continue({ postData: posted.replace(field, `$1${token}`) });
      },
      { times: 1 },
    );
    await submit(page);
    await expect(page.locator('#field-captcha-error')).toContainText(words);
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    await tickCaptcha(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
  });
}

test('the invisible CAPTCHA asks nothing of a person', async ({ page }) => {
  await page.goto(`${portal('invisible')}/en/sign-up`);
  await fillRequired(page, newAddress());
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
});

test('nobody is shown to hCaptcha before starting on the form, and nothing moves when it comes', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(stack.captcha.url)) asked.push(request.url());
  });
  await page.goto(`${portal('main')}/en/sign-up`);
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      // All shifts count here, also those that a person's own typing would excuse.
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift' });
  });
  await page.locator('[name="email"]').fill('not-an-address');
  await page.locator('[name="email"]').blur();
  await expect(page.locator('#field-email-error')).not.toBeEmpty();
  await expect(page.locator('#captcha [role="checkbox"]')).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
  const shifts = await page.evaluate(() => Reflect.get(window, 'shifts') as number[]);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02);
});
