import { expect, type Page } from './fixtures';
import { account, heading, home, openDisclosure, test } from './journey';
import { choosePassword, fillRequired, newAddress, submit } from './visitor';

/** An action's id as another build has it: of the same shape, and unknown here. */
function otherId(id: string): string {
  return id.slice(0, 2) + [...id.slice(2)].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
}

/** Has the next form that the page's script sends look as if the page were of another build. */
async function comeFromOtherBuild(page: Page, url: string): Promise<void> {
  await page.route(
    url,
    async (route) => {
      const headers = route.request().headers();
      await route.continue({ headers: { ...headers, 'next-action': otherId(headers['next-action'] ?? '') } });
    },
    { times: 1 },
  );
}

test('a page of the last build sends its form to a new one: renewed, nothing lost, sent again', async ({
  newDevice,
}) => {
  const page = await newDevice();
  const email = newAddress();
  await page.goto(`${home()}/en/sign-up?client_id=shop`);
  await fillRequired(page, email);
  await choosePassword(page);
  await comeFromOtherBuild(page, '**/en/sign-up?*');
  await submit(page);
  await expect(page.getByText('We renewed this page')).toBeVisible();
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(page.locator('[name="password"]')).toHaveValue('');
  await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');

  // The page that waits is renewed without a word: it holds nothing typed.
  await comeFromOtherBuild(page, '**/en/sign-up/check-email');
  await openDisclosure(page, 'Cancel this sign-up');
  const renewed = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Yes, cancel and remove' }).click();
  await renewed;
  await expect(heading(page)).toHaveText('Check your e-mail');
  expect(await account(email)).toBeDefined();
});

test('the same without JavaScript leads back to the form, in words', async ({ newDevice }) => {
  const page = await newDevice({ javaScriptEnabled: false });
  const url = `${home()}/en/sign-up?client_id=shop`;
  await page.route(
    url,
    async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/(?<=&quot;id&quot;:&quot;)[0-9a-f]+/g, otherId);
      await route.fulfill({ response, body: html });
    },
    { times: 1 },
  );
  await page.goto(url);
  await submit(page);
  await expect(page.getByText('We renewed this page')).toBeVisible();
  expect(page.url()).toContain('/en/sign-up?client_id=shop&renewed=');
});
