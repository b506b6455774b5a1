import { type Application, startApplication } from './application';
import { type Browser, expect, type Page, test } from './fixtures';
import { logOf, portal, stack } from './stack';
import {
  choosePassword,
  confirmAddress,
  fillRequired,
  makeAccount,
  newAddress,
  signInAtKeycloak,
  signInByHand,
  submit,
} from './visitor';

const REALM = 'placement';
const home = () => portal('placement');

let application: Application;

test.beforeAll(async () => {
  application = await startApplication(REALM);
});
test.afterAll(() => application.stop());

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Fills the form in and sends it, up to the page that waits. */
async function signUp(page: Page, email = newAddress()): Promise<string> {
  await page.waitForURL(/\/(en|de|ar)\/sign-up\?/);
  await fillRequired(page, email);
  await page.locator('[name="username"]').fill(email.split('@')[0] ?? '');
  await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/sign-up/check-email');
  return email;
}

async function arrives(page: Page, email: string): Promise<void> {
  await page.waitForURL(`${application.url}/**`);
  await expect(heading(page)).toHaveText(`Signed in as ${email}`);
}

const elsewhere = async (browser: Browser) => (await browser.newContext()).newPage();

test.describe('an application that changes nothing but the URL', () => {
  for (const [what, change] of [
    ['the registrations path', { at: 'registrations' }],
    ['prompt=create', { at: 'auth', parameters: { prompt: 'create' } }],
    ['form_post', { at: 'registrations', parameters: { response_mode: 'form_post' } }],
  ] as const) {
    test(`gets its code, for its own state, nonce and code challenge (${what})`, async ({ page }) => {
      await page.goto(String(await application.begin(change)));
      const email = await signUp(page);
      await confirmAddress(page, email);
      await signInAtKeycloak(page, email);
      await arrives(page, email);
    });
  }

  test('gets it in the tab that the sign-up began in when the link is opened on another device', async ({
    page,
    browser,
  }) => {
    await page.goto(String(await application.begin({ at: 'registrations' })));
    const email = await signUp(page);
    const phone = await elsewhere(browser);
    await confirmAddress(phone, email);
    await expect(heading(phone)).toHaveText('You can sign in now');
    await phone.context().close();
    await signInAtKeycloak(page, email);
    await arrives(page, email);
    // It has been handed over; nothing is left that could be handed over again.
    await page.goto(`${home()}/en/welcome`);
    await expect(heading(page)).toHaveText('Welcome, Ada');
    await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0);
  });

  test('gets it where no script runs', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
    const page = await context.newPage();
    await page.goto(String(await application.begin({ at: 'registrations' })));
    await expect(page).toHaveURL(/\/de\/sign-up\?/);
    // The language is switched, and what the application asked for goes along.
    await page.goto(`${home()}${await page.locator('a[hreflang="en"]').getAttribute('href')}`);
    const email = await signUp(page);
    await confirmAddress(page, email);
    await page.locator('#sign-in button').click();
    await signInAtKeycloak(page, email);
    await arrives(page, email);
    await context.close();
  });

  test('gets it from a visitor who has an account already, too', async ({ page }) => {
    const email = newAddress();
    await makeAccount(email, true, REALM);
    await page.goto(String(await application.begin({ at: 'registrations' })));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await signInByHand(page, email);
    await arrives(page, email);
  });

  test('is never handed somebody else who is signed in at Keycloak', async ({ page, browser }) => {
    const other = newAddress();
    await makeAccount(other, true, REALM);
    await page.goto(String(await application.begin({ at: 'registrations' })));
    const email = await signUp(page);
    const second = await page.context().newPage();
    await second.goto(String(await (await startApplication(REALM)).begin({})));
    await signInByHand(second, other);
    await second.waitForURL('**/callback*');
    const phone = await elsewhere(browser);
    await confirmAddress(phone, email);
    await page.waitForURL('**/en/welcome');
    await expect(page.getByText(other)).toBeVisible();
    await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  });
});

test.describe('what came along', () => {
  test('names the language and fills the form in, and leaves nothing of the visitor in an address or a log', async ({
    page,
  }) => {
    const parameters = {
      ui_locales: 'fr de',
      login_hint: 'ada+hint',
      firstName: 'Ada Augusta',
      country: 'IE',
      customerTier: 'gold',
    };
    await page.goto(String(await application.begin({ at: 'registrations', parameters })));
    await expect(page).toHaveURL(/\/de\/sign-up\?/);
    await expect(page.locator('[name="username"]')).toHaveValue('ada+hint');
    await expect(page.locator('[name="firstName"]')).toHaveValue('Ada Augusta');
    await expect(page.locator('[name="country"]')).toHaveValue('IE');
    expect(decodeURIComponent(page.url())).not.toMatch(/hint|Augusta|gold|nonce/);
    expect(JSON.stringify(logOf('placement')())).not.toMatch(/Augusta|ada\+hint/);
  });

  test('reaches Keycloak whole, also what only Keycloak knows, and without the visitor’s data', async ({ page }) => {
    const parameters = { claims: '{"id_token":{"acr":null}}', tenant: 'north', firstName: 'Ada', login_hint: 'ada' };
    await page.goto(String(await application.begin({ at: 'registrations', parameters })));
    const email = newAddress();
    const handedOver = page.waitForRequest((request) => request.url().includes('tenant=north'));
    await signUp(page, email);
    await confirmAddress(page, email);
    await signInAtKeycloak(page, email);
    const query = new URL((await handedOver).url()).searchParams;
    expect(query.get('claims')).toBe(parameters.claims);
    expect([...query.keys()]).not.toEqual(expect.arrayContaining(['prompt']));
    expect(query.has('login_hint') || query.has('firstName')).toBe(false);
    await arrives(page, email);
  });
});

test.describe('what is no sign-up, or can’t be one', () => {
  test('a request at the auth path that does not ask for it goes on to Keycloak as it is', async ({ page }) => {
    for (const parameters of [{}, { prompt: 'login' }, { prompt: 'create login' }]) {
      const asked = await application.begin({ at: 'auth', parameters });
      const answer = await page.request.get(String(asked), { maxRedirects: 0 });
      expect(answer.status()).toBe(303);
      expect(answer.headers().location).toBe(
        `${stack.keycloak.url}/realms/${REALM}/protocol/openid-connect/auth${asked.search}`,
      );
      expect(answer.headers()['cache-control']).toBe('no-store');
    }
  });

  test('Keycloak answers a faulty request, and the application gets its error with its state', async ({ page }) => {
    const faults: [Record<string, string>, string][] = [
      [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
      [{ response_type: 'id_token' }, 'unauthorized_client'],
      [{ scope: 'openid nonsense' }, 'invalid_scope'],
      [{ response_mode: 'nonsense' }, 'invalid_request'],
    ];
    for (const [parameters, error] of faults) {
      const asked = await application.begin({ at: 'registrations', parameters });
      for (const [name, value] of Object.entries(parameters)) if (value === '') asked.searchParams.delete(name);
      await page.goto(String(asked));
      await page.waitForURL(`${application.callback}*`);
      const said = new URL(page.url().replace('#', '?')).searchParams;
      expect(said.get('error'), JSON.stringify(parameters)).toBe(error);
      expect(said.get('state')).toBe(asked.searchParams.get('state'));
    }
    const repeated = `${await application.begin({ at: 'registrations' })}&state=again`;
    await page.goto(repeated);
    await expect(heading(page)).toContainText('invalid_request: duplicated parameter');
  });

  test('an address that is not the client’s own never gets anything: Keycloak’s page says so', async ({ page }) => {
    for (const parameters of [{ redirect_uri: 'https://evil.example/' }, { client_id: 'nobody' }]) {
      for (const more of [{}, { request: 'eyJ' }, { state: 'x'.repeat(3_000) }]) {
        const asked = await application.begin({ at: 'registrations', parameters: { ...parameters, ...more } });
        const answer = await page.goto(String(asked));
        expect(answer?.status()).toBe(400);
        expect(page.url()).toContain(stack.keycloak.url);
      }
    }
  });

  test('a request by reference, as an object, or too long is refused with OIDC’s own words', async ({ page }) => {
    for (const [parameters, error] of [
      [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'request_uri_not_supported'],
      [{ claims: `{"x":"${'y'.repeat(1_800)}"}` }, 'invalid_request: The request is longer than 1800 bytes'],
    ] as const) {
      await page.goto(String(await application.begin({ at: 'registrations', parameters })));
      await page.waitForURL(`${application.callback}*`);
      await expect(heading(page)).toContainText(error);
      await expect(heading(page)).toContainText('state ours');
    }
  });

  test('a posted request is taken as one in a query; what is no form’s size is not read', async ({ page }) => {
    const asked = await application.begin({});
    const post = (body: string) =>
      page.request.post(`${home()}/realms/${REALM}/protocol/openid-connect/registrations?client_id=ignored`, {
        data: body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        maxRedirects: 0,
      });
    const answer = await post(asked.search.slice(1));
    expect(answer.status()).toBe(303);
    const target = new URL(answer.headers().location ?? '');
    expect(target.pathname).toBe('/sign-up');
    expect(target.searchParams.get('client_id')).toBe(application.clientId);
    expect((await post('x'.repeat(20_000))).status()).toBe(413);
  });

  test('another realm is not ours to answer for', async ({ page }) => {
    const asked = String(await application.begin({ at: 'registrations' })).replace(`/${REALM}/`, '/master/');
    expect((await page.request.get(asked, { maxRedirects: 0 })).status()).toBe(404);
  });
});
