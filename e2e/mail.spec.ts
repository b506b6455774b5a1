import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible';
import { portal, stack } from './stack';
import { fillRequired, mailsTo, newAddress, submit } from './visitor';

const mailServer = (mode: 'accept' | 'refuse') =>
  fetch(`${stack.mail.url}/api/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
  });

test('when the mail can’t be sent the page says so, keeps the account and offers to send it again', async ({
  page,
}) => {
  const email = newAddress();
  await mailServer('refuse');
  try {
    await page.goto(`${portal('invisible')}/en/sign-up`);
    await fillRequired(page, email);
    await submit(page, 'Create account');
    await page.waitForURL('**/en/sign-up/check-email');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is ready, the e-mail is not');
    await expectAccessible(page);
  } finally {
    await mailServer('accept');
  }
  await page.getByRole('button', { name: 'Send the e-mail again' }).click();
  await expect(page.getByText('A new e-mail is on its way.')).toBeVisible();
  expect(await mailsTo(email)).toHaveLength(1);

  await page.getByRole('button', { name: 'Send the e-mail again' }).click();
  await expect(page.getByText(/Please wait \d+ seconds?/)).toBeVisible();
  expect(await mailsTo(email)).toHaveLength(1);
});

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
