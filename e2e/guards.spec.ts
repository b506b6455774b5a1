import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { portal, stack } from './stack';
import { confirmAddress, fillRequired, mailsTo, newAddress, signInAtKeycloak, tickCaptcha } from './visitor';

const control = (body: object) =>
  fetch(`${stack.captcha.url}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function submit(page: Page): Promise<void> {
  await page.locator('#sign-up > button[type="submit"]').click();
}

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

for (const locale of ['en', 'ar']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the pages (${locale}, ${colorScheme})`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      for (const path of ['sign-up', 'sign-in-problem', 'signed-out', 'welcome', 'sign-up/verified', 'nowhere']) {
        await page.goto(`${portal('form')}/${locale}/${path}`);
        if (path === 'sign-up') await submit(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations, path).toEqual([]);
      }
      await context.close();
    });
  }
}

/** What a robot would post in place of a good token, by what is wrong with it. */
const BAD_TOKENS: readonly (readonly [string, (token: string) => Promise<string>])[] = [
  ['wrong', async () => 'made-up-token'],
  ['missing', async () => ''],
  [
    'reused',
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
    async (token) => {
      await control({ expire: token });
      return token;
    },
  ],
];

for (const [kind, spoil] of BAD_TOKENS) {
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
    await expect(page.locator('#field-captcha-error')).not.toBeEmpty();
    await expect(page.locator('[name="email"]')).toHaveValue(email);
    expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    await tickCaptcha(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
  });
}
