import { expect, type Page } from './fixtures';
import { realmAdmin, stack } from './stack';
import { noteTyped } from './typed';

interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
}

/** A page, or a frame in one. */
export type Place = Pick<Page, 'locator' | 'getByRole'>;

export const PASSWORD = 'Harbour-light-42';

let visitors = 0;

/** An address of the internet that no visitor had before, in a network of its own (RFC 3849). */
export function newVisitor(): string {
  visitors += 1;
  return `2001:db8:${(process.pid & 0xffff).toString(16)}:${visitors.toString(16)}::1`;
}

let count = 0;

/** An address that nobody has used before. */
export function newAddress(): string {
  count += 1;
  const address = `visitor-${process.pid}-${Date.now()}-${count}@example.com`;
  noteTyped('e-mail address', address);
  noteTyped('username', address.split('@')[0] ?? '');
  return address;
}

/** Fills what the demo realm asks of everyone, by the attributes' names, which are the same in every language. */
export async function fillRequired(page: Place, email: string): Promise<void> {
  const control = (name: string) => page.locator(`[name="${name}"]`).first();
  await control('email').fill(email);
  if (await control('username').count()) await control('username').fill(email.split('@')[0] ?? '');
  await control('firstName').fill('Ada');
  await control('lastName').fill('Harbour');
  for (const box of await page.locator('#sign-up [aria-required="true"]:not([type="password"])').all()) {
    const isSelect = await box.evaluate((element) => element.tagName === 'SELECT');
    if (isSelect) await box.selectOption({ index: 1 });
    else if ((await box.inputValue()) === '') await box.fill('Example');
  }
}

/** Chooses the password on a form that asks for one. */
export async function choosePassword(page: Place): Promise<void> {
  await page.locator('[name="password"]').fill(PASSWORD);
  await page.locator('[name="password-confirm"]').fill(PASSWORD);
}

/** Sends the form, by the button's name where a test is about one language. */
export async function submit(page: Place, name?: string): Promise<void> {
  const button =
    name === undefined ? page.locator('#sign-up > button[type="submit"]') : page.getByRole('button', { name });
  await button.click();
}

/** Ticks the CAPTCHA. */
export async function tickCaptcha(page: Place): Promise<void> {
  const box = page.locator('#captcha [role="checkbox"], #captcha input[type="checkbox"]').first();
  await box.click();
  await expect(page.locator('#captcha [role="checkbox"][aria-checked="true"], #captcha input:checked')).toHaveCount(1);
}

/** The mails to an address, newest first, once there are `least` of them. */
export async function mailsTo(address: string, least = 1, wait = 20): Promise<readonly Mail[]> {
  const query = new URLSearchParams({ to: address, wait: String(wait), count: String(least) });
  const response = await fetch(`${stack.mail.url}/api/messages?${query}`);
  return (await response.json()) as Mail[];
}

/** The link to Keycloak in the newest mail to an address. */
export async function mailedLink(address: string): Promise<string> {
  const [mail] = await mailsTo(address);
  const link = mail?.links.find((one) => one.startsWith(stack.keycloak.url));
  expect(link, 'the mail has a link to Keycloak').toBeDefined();
  noteTyped('mailed link', link ?? '');
  noteTyped('key of a mailed link', new URL(link ?? 'none:').searchParams.get('key') ?? '');
  return link ?? '';
}

/** Presses the one button of the page behind the mailed link; a link on Keycloak's own pages. */
export async function pressConfirm(page: Page): Promise<void> {
  await page.locator('#kc-info-message :is(a, button)').first().click();
}

/** Chooses the password on Keycloak's page. */
export async function chooseAtKeycloak(page: Page): Promise<void> {
  await page.locator('#password-new').fill(PASSWORD);
  await page.locator('#password-confirm').fill(PASSWORD);
  await page.locator('#kc-submit, [type="submit"]').first().click();
}

/**
 * Goes through the mailed link, with a new password where it asks for one, back to the portal: by itself with the theme,
 * by one more click on Keycloak's own pages.
 */
export async function confirmAddress(page: Page, email: string): Promise<void> {
  await page.goto(await mailedLink(email));
  const goesOn = (await page.locator('#kc-info-message button').count()) > 0;
  const back = page.waitForURL('**/sign-up/verified*', { waitUntil: 'commit' });
  await pressConfirm(page);
  const fresh = page.locator('#password-new');
  const end = page.locator('#kc-info-message a[href*="/sign-up/verified"]');
  await Promise.race([back, fresh.or(end).first().waitFor()]);
  if (await fresh.count()) await chooseAtKeycloak(page);
  if (!goesOn) await end.click();
  await back;
}

/** Signs in at Keycloak, where the portal has sent the visitor with the address filled in. */
export async function signInAtKeycloak(page: Page, email: string): Promise<void> {
  await page.locator('#password').waitFor();
  await expect(page.locator('#username')).toHaveValue(email);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#kc-login').click();
}

/** Signs in with an account that the portal knows nothing of. */
export async function signInByHand(page: Page, email: string): Promise<void> {
  await page.locator('#username').fill(email);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#kc-login').click();
}

/**
 * Makes an account past the portal, as an administrator would, with the password of all visitors.
 * @param realm the portals' own, or the identity provider's for somebody who has an account there
 */
export async function makeAccount(
  email: string,
  emailVerified: boolean,
  realm: string = stack.keycloak.realm,
): Promise<void> {
  const admin = await realmAdmin();
  await admin.users.create({
    realm,
    username: email.split('@')[0] ?? '',
    email,
    firstName: 'Ada',
    lastName: 'Harbour',
    enabled: true,
    emailVerified,
    attributes: { country: ['DE'] },
    credentials: [{ type: 'password', value: PASSWORD }],
  });
}
