import { expect } from './fixtures';
import { account, heading, signUp, test } from './journey';
import { mailServer } from './stack';
import { mailsTo, newAddress } from './visitor';

for (const mode of ['refuse', 'hang'] as const) {
  test(`a mail server that ${mode}s: the page says so, keeps the account, and tries again by itself`, async ({
    newDevice,
  }) => {
    const page = await newDevice();
    const email = newAddress();
    await mailServer(mode);
    try {
      await signUp(page, email);
      await expect(heading(page)).toHaveText('Your account is ready, the e-mail is not');
      await expect(page.locator('#resend-wait')).toHaveText(/Next try in 0:0\d/);
      expect(await account(email)).toMatchObject({ emailVerified: false });
      await expect(page.getByText('The e-mail could not be sent.')).toBeVisible();
      // The second wait is longer than the first, by the server's word.
      await expect(page.locator('#resend-wait')).toHaveText(/Next try in 0:(10|0[6-9])/);
      expect(await mailsTo(email, 0, 0)).toHaveLength(0);
    } finally {
      await mailServer('accept');
    }
    await expect(page.getByText('A new e-mail is on its way.')).toBeVisible();
    await expect(heading(page)).toHaveText('Check your e-mail');
    expect(await mailsTo(email)).toHaveLength(1);
  });
}
