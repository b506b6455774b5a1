import { expect, test } from './fixtures';
import { account, BUTTON, elsewhere, HEADING, LOCALES, REALM, words } from './mailed-link';
import { portal, realmAdmin, stack } from './stack';
import { fillRequired, mailedLink, mailsTo, makeAccount, newAddress, signInByHand, submit } from './visitor';

const SUBJECTS = {
  en: 'Confirm your email address',
  de: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
  ar: 'يُرجى تأكيد عنوان بريدك الإلكتروني',
} as const;

/** A part of a mail without its link: what stands in a token, or a port, is anybody's guess. */
function withoutLink(part: string, link: string): string {
  return part.replaceAll(link, '').replaceAll(link.replaceAll('&', '&amp;'), '');
}

test.describe('the mail', () => {
  test('speaks of signing up, in the visitor’s language', async ({ page }) => {
    for (const locale of LOCALES) {
      const email = newAddress();
      await page.goto(`${portal('invisible')}/${locale}/sign-up`);
      await fillRequired(page, email);
      await submit(page);
      await page.waitForURL(`**/${locale}/sign-up/check-email`);
      expect((await mailsTo(email))[0]?.subject).toBe(SUBJECTS[locale]);
    }
  });

  for (const locale of LOCALES) {
    test(`has one link, a button and its life, in HTML and in text (${locale})`, async ({ page }) => {
      const { email, link } = await account({ locale, actions: ['VERIFY_EMAIL', 'UPDATE_PASSWORD'] });
      const [received] = await mailsTo(email);
      expect(received?.subject).toBe(SUBJECTS[locale]);
      expect(received?.links).toEqual([link]);
      expect(received?.text).toContain(link);
      expect(received?.text).not.toMatch(/<\w|administrator/i);
      expect(received?.html).not.toMatch(/administrator|<img|<script/i);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.setContent(received?.html ?? '');
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator('h1')).toHaveCSS('text-align', locale === 'ar' ? 'right' : 'left');
      for (const anchor of await page.locator('a').all()) expect(await anchor.getAttribute('href')).toBe(link);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      const life = { en: '1 hour', de: '1 Stunde', ar: 'لمدة 1' }[locale];
      expect(await page.locator('body').textContent()).toContain(life);
      expect(received?.text).toContain(life);
    });
  }

  test('carries nothing of what a person called themselves', async () => {
    // Two primes: their product, however a template groups its digits, is in no address by chance.
    const [prime, another] = [104_729, 1_299_709];
    const name = `<b>\${${prime}*${another}}</b> http://evil.example`;
    const product = [...String(prime * another)].join('\\D?');
    const admin = await realmAdmin();
    const before = await admin.users.getProfile({ realm: REALM });
    const attributes = before.attributes?.map((one) => (one.name === 'firstName' ? { ...one, validations: {} } : one));
    await admin.users.updateProfile({ ...before, realm: REALM, attributes: attributes ?? [] });
    try {
      const { id, email, link } = await account({ firstName: name });
      expect((await admin.users.findOne({ realm: REALM, id }))?.firstName).toBe(name);
      const [received] = await mailsTo(email);
      expect(received?.links).toEqual([link]);
      for (const part of [received?.subject, received?.text, received?.html]) {
        const own = withoutLink(part ?? '', link);
        expect(own).not.toContain(stack.keycloak.url);
        expect(own).not.toMatch(new RegExp(`evil|<b>|&lt;b|${prime}\\*|${product}`));
      }
    } finally {
      await admin.users.updateProfile({ ...before, realm: REALM });
    }
  });

  test('that Keycloak sends by itself, to who signs in too early, is one of ours as well', async ({
    page,
    browser,
  }) => {
    const email = newAddress();
    await makeAccount(email, false);
    await page.goto(`${portal('main')}/en/signed-out`);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signInByHand(page, email);
    const [received] = await mailsTo(email);
    expect(received?.subject).toBe(SUBJECTS.en);
    expect(received?.html).toContain('dir="ltr"');
    await elsewhere(browser, async (other) => {
      await other.goto(await mailedLink(email));
      await expect(other.locator(HEADING)).toHaveText(words('en', 'vestibuleConfirmTitle'));
      await other.locator(BUTTON).click();
      await other.getByRole('link', { name: 'Continue' }).click();
      await other.waitForURL('**/en/sign-up/verified');
    });
    const [user] = await (await realmAdmin()).users.find({ realm: REALM, email, exact: true });
    expect(user?.emailVerified).toBe(true);
  });
});
