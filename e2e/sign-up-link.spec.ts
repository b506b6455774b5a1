import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';
import { logOf, portal, stack } from './stack';
import { choosePassword, confirmAddress, fillRequired, newAddress, signInAtKeycloak, submit } from './visitor';

const link = (query: Record<string, string>, locale = '/en') =>
  `${portal('placement')}${locale}/sign-up?${new URLSearchParams({ client_id: 'shop', ...query })}`;

test('the link of the documentation works as it stands', async ({ page }) => {
  const text = readFileSync(new URL('../examples/link.html', import.meta.url), 'utf8');
  await page.setContent(text.replaceAll('https://signup.example.com', portal('placement')));
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(/\/de\/sign-up\?/);
  await expect(page.locator('[name="country"]')).toHaveValue('IE');
});

test('the state goes back to the application with the redirect URI', async ({ page }) => {
  const email = newAddress();
  await page.goto(link({ redirect_uri: `${stack.product.url}/arrive?from=portal`, state: 'a b/c' }));
  await fillRequired(page, email);
  await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/check-email');
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  await expect(page.getByRole('link', { name: 'Continue to Harbour Shop' })).toHaveAttribute(
    'href',
    `${stack.product.url}/arrive?from=portal&state=a%20b%2Fc`,
  );
});

test('what a link knows of the visitor fills the form in, in every language, and is in no address, referrer or log', async ({
  page,
}) => {
  const told: string[] = [];
  page.on('request', (request) => told.push(request.headers().referer ?? ''));
  const values = { firstName: 'Ada Augusta', email: 'ada+link@example.com', country: 'DK', interests: 'paint' };
  const asked = link({ ...values, password: 'secret-secret', customerTier: 'gold', ui_locales: 'de' }, '');
  await page.goto(asked);
  await expect(page).toHaveURL(/\/de\/sign-up\?/);
  const isFilledIn = async () => {
    await expect(page.locator('[name="firstName"]')).toHaveValue('Ada Augusta');
    await expect(page.locator('[name="email"]')).toHaveValue('ada+link@example.com');
    await expect(page.locator('[name="country"]')).toHaveValue('DK');
    await expect(page.locator('[name="interests"][value="paint"]')).toBeChecked();
    await expect(page.locator('[name="password"]')).toHaveValue('');
  };
  await isFilledIn();
  await page.reload();
  await isFilledIn();
  await page.goto(`${portal('placement')}${await page.locator('a[hreflang="ar"]').getAttribute('href')}`);
  await isFilledIn();
  const kept = [page.url(), ...told].map(decodeURIComponent).join('\n');
  expect(kept).not.toMatch(/Augusta|ada\+link|gold|secret-secret/);
  expect(JSON.stringify(logOf('placement')())).not.toMatch(/Augusta|ada\+link/);
});

test('what was typed is never written over', async ({ page }) => {
  await page.goto(link({ firstName: 'Ada' }));
  await page.locator('[name="firstName"]').fill('Grace');
  await page.goto(link({ firstName: 'Ada', lastName: 'Link' }));
  await expect(page.locator('[name="firstName"]')).toHaveValue('Grace');
});

test('an address with values is kept nowhere, and one that was tampered with fills nothing in', async ({ page }) => {
  const answer = await page.request.get(link({ firstName: 'Ada' }), { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers()['cache-control']).toBe('no-store');
  expect(answer.headers()['referrer-policy']).toBe('no-referrer');
  const target = new URL(answer.headers().location ?? '', portal('placement'));
  expect([...target.searchParams.keys()]).toEqual(['client_id', 'prefill']);
  target.searchParams.set('prefill', `${target.searchParams.get('prefill')?.slice(0, -2)}AA`);
  await page.goto(target.href);
  await expect(page.locator('[name="firstName"]')).toHaveValue('');
});
