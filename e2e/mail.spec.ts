import { expect, test } from '@playwright/test';
import { portal } from './stack';
import { fillRequired, mailsTo, newAddress, submit } from './visitor';

test('the mail speaks of signing up, in the visitor’s language', async ({ page }) => {
  for (const [locale, subject] of [
    ['en', 'Confirm your email address'],
    ['de', 'Bitte bestätigen Sie Ihre E-Mail-Adresse'],
    ['ar', 'يُرجى تأكيد عنوان بريدك الإلكتروني'],
  ] as const) {
    const email = newAddress();
    await page.goto(`${portal('invisible')}/${locale}/sign-up`);
    await fillRequired(page, email);
    await submit(page);
    await page.waitForURL(`**/${locale}/sign-up/check-email`);
    expect((await mailsTo(email))[0]?.subject).toBe(subject);
  }
});

test('who opens the page without a sign-up is led to the form', async ({ page }) => {
  await page.goto(`${portal('form')}/en/sign-up/check-email`);
  await page.waitForURL('**/en/sign-up');
});
