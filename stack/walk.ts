import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from './chromium';
import { Failure } from './failure';
import type { CaughtMail } from './mail/mailbox';
import type { Stack } from './stack';

const STEP_LIMIT_MS = 30_000;
const MAIL_LIMIT_S = 30;

/** Who signs up. */
interface Visitor {
  email: string;
  password: string;
}

/** @returns the newest mail to the address, once it is there */
async function mailTo(stack: Stack, address: string): Promise<CaughtMail> {
  const query = new URLSearchParams({ to: address, wait: String(MAIL_LIMIT_S) });
  const mails = (await (await fetch(`${stack.mail.url}/api/messages?${query}`)).json()) as CaughtMail[];
  const [newest] = mails;
  if (!newest) throw new Failure(`No mail to ${address} within ${MAIL_LIMIT_S} s.`);
  return newest;
}

/** Fills every field that must be filled, by what kind of control it is; the realm decides which there are. */
async function fillForm(page: Page, visitor: Visitor): Promise<void> {
  const main = page.getByRole('main');
  await main.getByRole('textbox', { name: /e-?mail/i }).fill(visitor.email);
  for (const box of await main.locator(':is(input, select, textarea):is([required], [aria-required="true"])').all()) {
    const type = await box.getAttribute('type');
    if (await box.evaluate((element) => element.tagName === 'SELECT')) await box.selectOption({ index: 1 });
    else if (type === 'checkbox' || type === 'radio') await box.check();
    else if ((await box.inputValue()) === '') await box.fill('Example');
  }
  await page.getByRole('checkbox', { name: 'I am human' }).click();
  await page.getByRole('checkbox', { name: 'I am human', checked: true }).waitFor();
}

/** From the product to the page that says "check your e-mail". */
async function signUp(page: Page, stack: Stack, visitor: Visitor): Promise<void> {
  await page.goto(stack.product.url);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.waitForURL('**/en/sign-up?*');
  await fillForm(page, visitor);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/en/sign-up/check-email');
}

/** The mail's link, Keycloak's confirmation and new password, and back to the portal. */
async function verify(page: Page, stack: Stack, visitor: Visitor): Promise<CaughtMail> {
  const mail = await mailTo(stack, visitor.email);
  const link = mail.links.find((address) => address.startsWith(stack.keycloak.url));
  if (!link) throw new Failure(`The mail "${mail.subject}" has no link to Keycloak.`);
  await page.goto(link);
  const back = page.waitForURL('**/en/sign-up/verified*', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Confirm my address' }).click();
  await page.getByLabel('New Password', { exact: true }).fill(visitor.password);
  await page.getByLabel('Confirm password', { exact: true }).fill(visitor.password);
  await page.getByRole('button', { name: 'Submit' }).click();
  await back;
  return mail;
}

/** The portal goes on to Keycloak's sign-in by itself; signs in there and ends on the portal's welcome page. */
async function welcome(page: Page, visitor: Visitor): Promise<void> {
  const password = page.getByRole('textbox', { name: 'Password' });
  await password.waitFor();
  await password.fill(visitor.password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.waitForURL('**/en/welcome*');
  // The page has the same address for someone who is not signed in.
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** @returns the page's main heading */
async function heading(page: Page): Promise<string> {
  return (await page.getByRole('heading', { level: 1 }).first().textContent())?.trim() ?? '';
}

async function walk(browser: Browser, stack: Stack, say: (line: string) => void): Promise<void> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const visitor = { email: `walker-${Date.now()}@example.com`, password: 'Harbour-light-42' };
  let step = 'signing up';
  try {
    await signUp(page, stack, visitor);
    say(`Signed up as ${visitor.email}; the page says "${await heading(page)}"`);
    step = 'verifying the address';
    const mail = await verify(page, stack, visitor);
    say(`Got the mail "${mail.subject}", followed its link, set a password; the portal says "${await heading(page)}"`);
    step = 'signing in';
    await welcome(page, visitor);
    say(`Signed in; the portal says "${await heading(page)}"`);
  } catch (error) {
    const picture = `${stack.folder}/walk.png`;
    await page.screenshot({ path: picture, fullPage: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`The walk failed at ${step}, on ${page.url()} (picture: ${picture}): ${reason}`);
  }
}

/**
 * Walks one sign-up in a headless browser, from the product to the welcome page, the way a visitor would.
 * @param stack running stack; its first portal is used
 * @param say gets a line for everything seen
 * @throws Failure with the step, the address and a picture when the way is blocked
 */
export async function walkOneSignUp(stack: Stack, say: (line: string) => void): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    await walk(browser, stack, say);
  } finally {
    await browser.close();
  }
}
