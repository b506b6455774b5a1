import type { Page } from '@playwright/test';
import { until } from '../until';
import { choosePassword, fillRequired, PASSWORD, submit, tickCaptcha } from '../visitor';
import type { World } from './world';

/** The longest that a visitor needs to find their way on, once the fault is over (milliseconds). */
const PATIENCE_MS = 120_000;
const POLL_MS = 100;

const isAccepted = (page: Page) => page.url().includes('/sign-up/check-email');

/** What is wrong with the CAPTCHA stands beside it, and the summary above the form only names it. */
const PROBLEM = '#field-captcha-error, #sign-up:not(:has(#field-captcha-error:not(:empty))) [role="alert"]';

/** A page of the browser's own, or none at all. */
const isBroken = (page: Page) => page.url().startsWith('chrome-error:');

/** Fills the form in and sends it. */
export async function fillAndSend(page: Page, email: string): Promise<void> {
  await fillRequired(page, email);
  if (await page.locator('[name="password"]').count()) await choosePassword(page);
  if (await page.locator('#captcha').count()) await tickCaptcha(page);
  await submit(page);
}

/** What the page says of a submit just now, in a few words; undefined while it says nothing. */
async function glance(page: Page): Promise<string | undefined> {
  const text = (selector: string) =>
    page
      .locator(selector)
      .first()
      .textContent({ timeout: 500 })
      .catch(() => null);
  if (isBroken(page)) return 'the browser’s own error';
  const said = (await text(isAccepted(page) ? 'h1' : PROBLEM))?.trim();
  return said ? `“${said.split(/(?<=[.!?])\s/)[0]}”` : undefined;
}

/**
 * Waits for what the visitor sees of a submit.
 * @returns in a few words
 */
export async function firstAnswer(page: Page): Promise<string> {
  const saw = await until(
    () => glance(page),
    (one) => one !== undefined,
    { within: PATIENCE_MS, every: POLL_MS },
  );
  return saw ?? 'nothing';
}

/** Sends the form once more where the page leaves that to the visitor. */
async function sendAgain(page: Page, email: string): Promise<void> {
  if (await page.getByText('It is sent again by itself').count()) return;
  if (!(await page.locator('#sign-up > button[aria-disabled]').count())) {
    if ((await page.locator('[name="email"]').inputValue()) === '') await fillRequired(page, email);
    const password = page.locator('[name="password"]');
    if ((await password.count()) > 0 && (await password.inputValue()) === '') await choosePassword(page);
    const isTicked = await page.locator('#captcha [aria-checked="true"], #captcha input:checked').count();
    if ((await page.locator('#captcha').count()) > 0 && isTicked === 0) await tickCaptcha(page);
    await submit(page);
  }
}

/**
 * Goes on as a person would: waits where the page sends the form again by itself, presses the button where it does not, loads a
 * page anew that did not come.
 * @param formUrl of the form
 * @returns whether the sign-up was accepted in the end
 */
export async function goOn(page: Page, formUrl: string, email: string): Promise<boolean> {
  const step = async () => {
    if (isAccepted(page)) return true;
    try {
      if (isBroken(page) || (await page.locator('#sign-up').count()) === 0)
        await page.goto(formUrl, { timeout: 10_000 });
      else await sendAgain(page, email);
    } catch {
      // The page went on meanwhile, or did not come; the next look tells.
    }
    return isAccepted(page);
  };
  return until(step, Boolean, { within: PATIENCE_MS, every: 1_000 });
}

async function mailsTo(world: World, email: string): Promise<{ readonly links: readonly string[] }[]> {
  const answer = await fetch(`${world.mail.url}/api/messages?${new URLSearchParams({ to: email })}`);
  return (await answer.json()) as { links: string[] }[];
}

/**
 * Waits for the mail; the page that waits has it sent again where it did not go out.
 * @returns how many came
 */
export async function untilMailed(world: World, email: string): Promise<number> {
  const count = async () => (await mailsTo(world, email)).length;
  return until(count, (mails) => mails > 0, { within: PATIENCE_MS, every: POLL_MS });
}

/** Opens the newest link that was mailed, confirms, and chooses the password where it is asked for. */
export async function confirm(world: World, page: Page, email: string): Promise<void> {
  const [mail] = await mailsTo(world, email);
  const link = mail?.links.find((one) => one.includes('/login-actions/action-token'));
  if (link === undefined) return;
  await page.goto(link);
  await page.locator('#kc-info-message :is(a, button)').first().click();
  const fresh = page.locator('#password-new');
  await fresh.or(page.locator('h1')).first().waitFor();
  if (await fresh.count()) {
    await fresh.fill(PASSWORD);
    await page.locator('#password-confirm').fill(PASSWORD);
    await page.locator('#kc-submit, [type="submit"]').first().click();
  }
  await page.waitForURL('**/sign-up/verified*', { waitUntil: 'commit' });
}
