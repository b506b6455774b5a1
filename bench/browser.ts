import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../stack/chromium';
import { type Bench, shuffled } from './part';
import { SIDES, type Side } from './sides';

/** A telephone of the middle, on a network as slow, as Lighthouse has them by default (`throttling.mobileSlow4G`). */
const MOBILE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const NETWORK = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1_474.56 * 1_024) / 8,
  uploadThroughput: (675 * 1_024) / 8,
};
const PROCESSOR = { rate: 4 };

/** A browser's window in which nobody was before. */
function freshVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ locale: 'en-GB', ...MOBILE });
}

/** Slows a page down as a telephone would be. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', PROCESSOR);
}

/**
 * Loads both pages as often as the effort says, each time as somebody who was never here, in an order that chance has made.
 * @param name of the part, for its progress
 * @param visit measures one load
 */
export async function loadBoth(
  name: string,
  { ways, effort, random, progress }: Bench,
  visit: (page: Page, side: Side, href: string) => Promise<void>,
): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    for (let number = 0; number < effort.loads; number++) {
      for (const side of shuffled(SIDES, random)) {
        const context = await freshVisitor(browser);
        await visit(await context.newPage(), side, ways.of.form[side].page.href);
        await context.close();
      }
      progress(`${name}: load ${number + 1} of ${effort.loads}`);
    }
  } finally {
    await browser.close();
  }
}
