import type { Browser } from '@playwright/test';
import { expect, test } from './fixtures';
import { portal } from './stack';
import { provokes } from './violations';

/** Does what the policy of the page stops, in a page that the test itself opens. */
async function violate(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${portal('form')}/en/sign-up`);
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color:red">red</p>'));
  await expect(page.locator('#styled')).not.toHaveCSS('color', 'rgb(255, 0, 0)');
  await page.context().close();
}

test.fail('a violation in any page fails its test', ({ browser }) => violate(browser));

test('a test may provoke one, and names it', provokes('inline style'), ({ browser }) => violate(browser));
