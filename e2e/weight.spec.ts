import { expect, test } from './fixtures';
import { portal } from './stack';
import { fillRequired, newAddress, submit } from './visitor';
import { vitalsOf, watchVitals, weigh } from './weight';

/**
 * What the sign-up page may cost until the visitor starts on it, in bytes on the wire, headers included. Keycloak's own page
 * of the same fields has 357,126 bytes in 14 requests (`npm run bench -- --only cold`).
 */
const MOST = { total: 163_500, Script: 134_500, Document: 21_300, Stylesheet: 6_500, requests: 10 };

/** Cumulative layout shift that nobody notices: a fifth of what Core Web Vitals call good. */
const LEAST_SHIFT = 0.02;

test('the sign-up page stays light until the visitor starts on it', async ({ page }) => {
  const weightOf = await weigh(page);
  await page.goto(`${portal('main')}/en/sign-up?client_id=shop`);
  await page.waitForLoadState('networkidle');
  const { requests, bytes, total, urls } = weightOf();
  process.stdout.write(`    weight: ${requests} requests, ${total} bytes: ${JSON.stringify(bytes)}\n`);
  expect(requests, urls.join('\n')).toBeLessThanOrEqual(MOST.requests);
  expect(total).toBeLessThanOrEqual(MOST.total);
  for (const kind of ['Script', 'Document', 'Stylesheet'] as const)
    expect(bytes[kind], kind).toBeLessThanOrEqual(MOST[kind]);
});

test('scripts and style sheets come as small as they get, or as Next sends them to whoever can unpack no better', async ({
  page,
  request,
}) => {
  await page.goto(`${portal('main')}/en/sign-up`);
  const files = await page
    .locator('script[src], link[rel="stylesheet"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? one.getAttribute('href') ?? ''));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const get = (encoding: string) =>
      request.get(`${portal('main')}${file}`, { headers: { 'accept-encoding': encoding } });
    const [best, next] = [await get('br'), await get('identity')];
    expect(best.headers()['content-encoding'], file).toBe('br');
    expect(await best.body(), file).toEqual(await next.body());
    // Else Chromium compiles while the page stands still (`next.config.mjs`).
    expect((await best.text()).startsWith('//# allFunctionsCalledOnLoad\n'), file).toBe(file.endsWith('.js'));
    const { 'content-encoding': _e, 'content-length': _l, date: _d, ...ours } = best.headers();
    const { 'content-length': _n, date: _t, ...theirs } = next.headers();
    expect(ours, file).toEqual(theirs);
  }
});

test('nothing on the sign-up page moves by itself: not while it loads, not for the CAPTCHA, not for what is wrong', async ({
  page,
}) => {
  await watchVitals(page);
  await page.goto(`${portal('main')}/en/sign-up?client_id=shop`);
  await page.waitForLoadState('networkidle');
  // The CAPTCHA comes when the visitor starts.
  await fillRequired(page, newAddress());
  await expect(page.locator('#captcha iframe, #captcha [role="checkbox"], #captcha button').first()).toBeVisible();
  await page.locator('[name="email"]').fill('nobody');
  await submit(page);
  await expect(page.locator('#field-email-error')).not.toBeEmpty();
  expect((await vitalsOf(page)).shift).toBeLessThan(LEAST_SHIFT);
});
