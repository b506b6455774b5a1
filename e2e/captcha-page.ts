import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { stack } from './stack';

/** Tells the emulator of hCaptcha what to do from now on, and learns what it was asked. */
export async function control(wishes: object): Promise<{ verifications: { sent: Record<string, string> }[] }> {
  const response = await fetch(`${stack.captcha.url}/control`, { method: 'POST', body: JSON.stringify(wishes) });
  expect(response.status).toBe(200);
  return response.json();
}

/** What the page says of its CAPTCHA. */
export const captchaError = (page: Page) => page.locator('#field-captcha-error');

/** Waits for the page behind a form that was accepted. */
export const accepted = (page: Page) => page.waitForURL('**/en/sign-up/check-email');
