import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { wholeChromiumLaunch } from '../stack/chromium';
import { type HttpServer, serveHttp } from '../stack/http';
import { expectAccessible } from './accessible';
import { type Browser, expect, type Frame, type Page, test } from './fixtures';
import { portal, stack } from './stack';
import {
  choosePassword,
  confirmAddress,
  fillRequired,
  mailsTo,
  newAddress,
  signInAtKeycloak,
  submit,
  tickCaptcha,
} from './visitor';

const EXAMPLES = new URL('../examples/', import.meta.url);
const NAMED = 'https://signup.example.com';

const servers: HttpServer[] = [];
let cookiesOfProbe: string[] = [];

/** What an example's files say, with the address of the portal that runs here. */
const example = (name: string) => readFileSync(new URL(name, EXAMPLES), 'utf8').replaceAll(NAMED, portal('framed'));

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('react/main.tsx', EXAMPLES).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return (outputFiles[0]?.text ?? '').replaceAll(NAMED, portal('framed'));
}

test.beforeAll(async () => {
  const files: Record<string, [string, string]> = {
    '/plain/': ['text/html', example('plain.html')],
    '/plain/plain.js': ['text/javascript', example('plain.js')],
    '/react/': ['text/html', example('react/index.html')],
    '/react/main.js': ['text/javascript', await bundled()],
    '/probe/': ['text/html', `<iframe src="http://localhost:${stack.host.port}/cookie"></iframe>`],
  };
  // What an application with a policy of its own has to allow, and no more.
  const policy = `default-src 'self'; script-src 'self' ${portal('framed')}; frame-src ${portal('framed')} http://localhost:${stack.host.port}`;
  servers.push(
    await serveHttp(stack.host.port, (request, url, response) => {
      if (url.pathname === '/cookie') {
        cookiesOfProbe.push(request.headers.cookie ?? '');
        response.setHeader('set-cookie', 'probe=1; SameSite=None; Secure; Path=/');
        response.end('cookie');
        return;
      }
      const [type, text] = files[url.pathname] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy });
      response.end(text);
    }),
  );
});
// The quick one gives frames of other sites their cookies.
test.use({ launchOptions: wholeChromiumLaunch() });

test.afterAll(() => Promise.all(servers.map((server) => server.stop())));

const news = (page: Page) => page.locator('#news');

/** The frame with the portal in it, once it is there. */
async function framed(page: Page): Promise<Frame> {
  const frame = await (await page.locator('vestibule-sign-up iframe').elementHandle())?.contentFrame();
  if (!frame) throw new Error('no frame');
  await frame.waitForURL(/\/embed\/sign-up/);
  return frame;
}

const elsewhere = async (browser: Browser) => (await browser.newContext()).newPage();

test('this browser gives a frame of another site no cookies', async ({ page }) => {
  cookiesOfProbe = [];
  await page.goto(`http://localhost:${stack.host.port}/cookie`);
  await page.reload();
  expect(cookiesOfProbe).toEqual(['', 'probe=1']);
  await page.goto(`${stack.host.url}/probe/`);
  await expect.poll(() => cookiesOfProbe).toEqual(['', 'probe=1', '']);
});

for (const kind of ['plain', 'react'] as const) {
  test(`a visitor signs up inside of another site’s page, confirms elsewhere and signs in (${kind})`, async ({
    page,
    browser,
  }) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(`${stack.host.url}/${kind}/`);
    await expect(news(page)).toHaveText('The form is there.');
    const frame = await framed(page);
    await expect(page.getByRole('link', { name: 'Create an account' })).toBeHidden();
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Create your Harbour Shop account');

    const email = newAddress();
    await fillRequired(frame, email);
    await choosePassword(frame);
    await tickCaptcha(frame);
    await submit(frame);
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Check your e-mail');
    await expect(frame.getByText(email)).toBeVisible();
    await expect(news(page)).toHaveText('Somebody has signed up and has mail.');
    expect(await mailsTo(email)).toHaveLength(1);
    expect((await page.context().cookies()).filter(({ name }) => name.includes('pending'))).toEqual([]);

    const phone = await elsewhere(browser);
    await confirmAddress(phone, email);
    await phone.context().close();
    await expect(news(page)).toHaveText('The address is confirmed; signing in comes next.');
    await frame.getByRole('button', { name: 'Sign in' }).click();
    await signInAtKeycloak(page, email);
    await page.waitForURL(`${portal('framed')}/en/welcome`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Ada');
    expect(faults).toEqual([]);
  });
}

test('the frame is as high as what is in it, whatever that is', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${stack.host.url}/plain/`);
  const frame = await framed(page);
  const heights = async () => ({
    frame: Math.round((await page.locator('vestibule-sign-up iframe').boundingBox())?.height ?? 0),
    page: await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height)),
  });
  const fits = async () => {
    const { frame: own, page: content } = await heights();
    return own === content;
  };
  await expect.poll(fits).toBe(true);
  const before = (await heights()).frame;
  await submit(frame);
  await expect.poll(async () => (await heights()).frame).toBeGreaterThan(before);
  await expect.poll(fits).toBe(true);
  expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible(page);
});

test('who has an account signs in, in the whole window', async ({ page }) => {
  await page.goto(`${stack.host.url}/plain/`);
  const frame = await framed(page);
  await frame.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('#kc-login')).toBeVisible();
});

test('the mail can be sent again, and the sign-up begun anew with another address, inside of the frame', async ({
  page,
}) => {
  await page.goto(`${stack.host.url}/plain/`);
  const frame = await framed(page);
  await fillRequired(frame, newAddress());
  await choosePassword(frame);
  await tickCaptcha(frame);
  await submit(frame);
  await expect(frame.locator('#resend-wait')).toHaveText(/Possible again in 0:\d\d/);
  await frame.getByRole('button', { name: 'Start again with another address' }).click();
  await expect(frame.locator('[name="firstName"]')).toHaveValue('');
  const right = newAddress();
  await fillRequired(frame, right);
  await choosePassword(frame);
  await tickCaptcha(frame);
  await submit(frame);
  await expect(frame.getByText(right)).toBeVisible();
});

test('only the client’s own origins may frame the page for frames, and nobody any other page', async ({ page }) => {
  const ancestors = async (path: string) => {
    const policy = (await page.request.get(`${portal('framed')}${path}`)).headers()['content-security-policy'] ?? '';
    return /frame-ancestors ([^;]*)/.exec(policy)?.[1];
  };
  expect(await ancestors('/en/embed/sign-up?client_id=shop')).toBe(stack.host.url);
  for (const path of [
    '/en/embed/sign-up',
    '/en/embed/sign-up?client_id=constructor',
    '/en/embed/sign-up?client_id=other&client_id=shop',
    '/en/sign-up?client_id=shop',
    '/en/sign-up/check-email?client_id=shop',
    '/en/welcome?client_id=shop',
  ])
    expect(await ancestors(path), path).toBe("'none'");
});

test('on a page of another origin the link stays, and the page is told', async ({ page }) => {
  await page.clock.install();
  await page.goto(`${stack.host.url.replace('shop.', 'evil.')}/plain/`);
  await expect(page.locator('vestibule-sign-up iframe')).toHaveCount(1);
  await page.clock.runFor(15_000);
  await expect(page.getByRole('link', { name: 'Create an account' })).toBeVisible();
  await expect(news(page)).toHaveText('The form is not there: timeout.');
});

test('what another window says is not believed', async ({ page }) => {
  await page.goto(`${stack.host.url}/plain/`);
  await expect(news(page)).toHaveText('The form is there.');
  await page.evaluate(() => {
    window.postMessage({ vestibule: { event: 'verified' } }, '*');
    const stranger = document.createElement('iframe');
    stranger.srcdoc = `<script>parent.postMessage({ vestibule: { event: 'verified' } }, '*')</script>`;
    document.body.append(stranger);
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await expect(news(page)).toHaveText('The form is there.');
});

test('without scripts the element is a link', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${stack.host.url}/plain/`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(`${portal('framed')}/en/sign-up?client_id=shop`);
  await page.context().close();
});

test('attributes can change: the frame follows', async ({ page }) => {
  await page.goto(`${stack.host.url}/plain/`);
  await framed(page);
  await page.evaluate(() => {
    const element = document.querySelector('vestibule-sign-up');
    element?.setAttribute('locale', 'ar');
    element?.setAttribute('login-hint', 'ada+frame');
  });
  const username = page.frameLocator('vestibule-sign-up iframe').locator('[name="username"]');
  await expect(username).toHaveValue('ada+frame');
  const frame = await framed(page);
  expect(frame.url()).toMatch(/\/ar\/embed\/sign-up\?/);
  expect(frame.url()).not.toContain('ada');
});
