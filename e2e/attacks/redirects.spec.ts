import { expect, test } from '../fixtures';
import { portal, stack } from '../stack';
import { makeAccount, newAddress, signInByHand } from '../visitor';

/** A portal without CAPTCHA in the product's realm; the product's redirect URIs end in a wildcard. */
const PORTAL = 'form';
const EVIL = 'evil.example';

/** What leads elsewhere, or seems to, seen from the product's address. */
function targets(product: string): string[] {
  const { host } = new URL(product);
  return [
    `//${EVIL}`,
    `/\\${EVIL}`,
    `\\\\${EVIL}`,
    `/\t/${EVIL}`,
    `/\n/${EVIL}`,
    `https:${EVIL}`,
    `https:///${EVIL}`,
    `http:\\\\${EVIL}`,
    `https://${EVIL}/`,
    `https://${EVIL}#${product}/`,
    `https://${EVIL}?${product}/`,
    `https://${EVIL}\\@${host}/`,
    `${product}@${EVIL}/`,
    `http://${host}:x@${EVIL}/`,
    `http://${host}%40${EVIL}/`,
    `http://${host}%2f@${EVIL}/`,
    `${product}.${EVIL}/`,
    `${product}%2e${EVIL}/`,
    `${product.replace(/\d$/, '')}/arrive`,
    `${product}0/arrive`,
    `${product.replace('localhost', 'LOCALHOST')}@${EVIL}/`,
    `http://l\u043ecalhost:${new URL(product).port}/arrive`,
    `http://${EVIL}%23@${host}/`,
    `HTTPS://${EVIL}/`,
    `%68ttps://${EVIL}/`,
    `https%3A%2F%2F${EVIL}`,
    `https%253A%252F%252F${EVIL}`,
    'javascript:alert(1)',
    `javascript://${host}/%0aalert(1)`,
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:x',
    'file:///etc/passwd',
    '*',
    `${product}*`,
    'http://*/',
    `https://*.${EVIL}/`,
  ];
}

test('[v5.0.0-3.7.2] no redirect_uri leads a signed-in visitor to anywhere but a client’s own', async ({ page }) => {
  const email = newAddress();
  await makeAccount(email, true);
  await page.goto(`${portal(PORTAL)}/en/signed-out`);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await signInByHand(page, email);
  await page.waitForURL('**/en/welcome');
  const origins = new Set(
    [portal(PORTAL), stack.product.url, stack.developers.url, new URL(stack.keycloak.url).origin].map(
      (one) => new URL(one).origin,
    ),
  );
  const good = `${stack.product.url}/arrive`;
  for (const redirectUri of [good, ...targets(stack.product.url)]) {
    await page.context().request.post(`${portal(PORTAL)}/api/embed/continue`, {
      form: { client_id: 'shop', redirect_uri: redirectUri },
      headers: { 'sec-fetch-site': 'same-origin' },
      maxRedirects: 0,
    });
    const response = await page.goto(`${portal(PORTAL)}/en/welcome`);
    expect.soft(response?.status(), redirectUri).toBe(200);
    // As the browser reads them, whatever is written.
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('href') ?? '', (one as HTMLAnchorElement).origin]));
    if (redirectUri === good) expect(links.map(([href]) => href)).toContain(good);
    expect
      .soft(
        links.filter(([, origin = '']) => !origins.has(origin)),
        redirectUri,
      )
      .toEqual([]);
  }
});

test('[v5.0.0-3.7.2] a refused authorization request is answered at Keycloak, or at the client’s own address', async () => {
  const own = [new URL(stack.keycloak.url).origin, portal(PORTAL), stack.product.url].map((one) => new URL(one).origin);
  for (const redirectUri of targets(stack.product.url))
    for (const more of [
      '',
      '&request_uri=x',
      `&state=${'x'.repeat(3_000)}`,
      `&redirect_uri=${encodeURIComponent(`${stack.product.url}/arrive`)}&request=x`,
    ]) {
      const query = `client_id=shop&response_type=code&redirect_uri=${encodeURIComponent(redirectUri)}${more}`;
      const response = await fetch(`${portal(PORTAL)}/realms/demo/protocol/openid-connect/registrations?${query}`, {
        redirect: 'manual',
      });
      expect.soft(response.status, redirectUri).toBeLessThan(500);
      const location = response.headers.get('location');
      if (location !== null)
        expect.soft(own, `${redirectUri} ${more.slice(0, 20)}`).toContain(new URL(location, portal(PORTAL)).origin);
    }
});

test('[v5.0.0-3.7.2] a callback address that is planted beside a sign-in leads nowhere', async ({ page }) => {
  const email = newAddress();
  await makeAccount(email, true);
  await page.goto(`${portal(PORTAL)}/en/signed-out`);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.locator('#username').waitFor();
  await page
    .context()
    .addCookies([
      { name: 'next-auth.callback-url', value: encodeURIComponent(`https://${EVIL}/`), url: portal(PORTAL) },
    ]);
  await signInByHand(page, email);
  await page.waitForURL(`${portal(PORTAL)}/**`);
  expect(new URL(page.url()).origin).toBe(portal(PORTAL));
});

test('[v5.0.0-3.7.2] nor does it break a page or a form: whoever has it is nobody, until they sign in', async () => {
  const cookie = `next-auth.callback-url=${encodeURIComponent('no address at all')}`;
  for (const path of ['/en/welcome', '/en/terms', '/en/sign-up/check-email', '/preview'])
    expect((await fetch(`${portal(PORTAL)}${path}`, { headers: { cookie }, redirect: 'manual' })).status).toBeLessThan(
      500,
    );
});
