import { test as base, type Page } from './fixtures';
import { portal, realmAdmin, stack } from './stack';
import { choosePassword, fillRequired, newAddress, submit } from './visitor';

/** Steps on the way from submit to signed in, on the portal that believes a visitor's word about their address. */

/** How soon the first tab must have moved on after the click that verifies (milliseconds). */
export const GOAL_MS = 5_000;

const { realm } = stack.keycloak;
export const home = () => portal('journey');

export type NewDevice = (options?: { javaScriptEnabled?: boolean }) => Promise<Page>;

let devices = 0;

/**
 * `newDevice` opens a browser of its own on an address of its own (RFC 3849), as another device is, so that no test uses up
 * the limits of another. It is closed when the test ends.
 */
export const test = base.extend<{ newDevice: NewDevice }>({
  newDevice: async ({ browser }, provide, { workerIndex }) => {
    const opened: Page[] = [];
    await provide(async (options = {}) => {
      devices += 1;
      const address = `2001:db8:${workerIndex.toString(16)}:${devices.toString(16)}::1`;
      const context = await browser.newContext({ ...options, extraHTTPHeaders: { 'x-forwarded-for': address } });
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    // A request that a route still holds would hold the browser's end up, too.
    await Promise.all(opened.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
    await Promise.all(opened.map((page) => page.context().close()));
  },
});

/** Signs up, up to the page that waits. With `client` the password is chosen on the form. */
export async function signUp(page: Page, email = newAddress(), { client = true, locale = 'en' } = {}): Promise<string> {
  await page.goto(`${home()}/${locale}/sign-up${client ? '?client_id=shop' : ''}`);
  await fillRequired(page, email);
  await page.locator('[name="username"]').fill(email.split('@')[0] ?? '');
  if (client) await choosePassword(page);
  await submit(page);
  await page.waitForURL(`**/${locale}/sign-up/check-email`);
  return email;
}

/** The account of the demo realm with an address, if there is one. */
export async function account(email: string) {
  const admin = await realmAdmin();
  const [found] = await admin.users.find({ realm, email, exact: true });
  return found;
}

/** Waits until the page is on its way to Keycloak's sign-in. */
export const atSignIn = (page: Page, timeout?: number) =>
  page.waitForURL(/\/openid-connect\/auth\?|\/login-actions\/authenticate/, {
    waitUntil: 'commit',
    ...(timeout ? { timeout } : {}),
  });
export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** Where the page that waits says how far things are. */
export const watch = (page: Page) => page.locator('section [role="status"]').first();

export async function openDisclosure(page: Page, name: string): Promise<void> {
  await page.locator('summary', { hasText: name }).click();
}
