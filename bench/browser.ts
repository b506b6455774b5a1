import type { Browser, BrowserContext, Page } from '@playwright/test';

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
export function freshVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ locale: 'en-GB', ...MOBILE });
}

/** Slows a page down as a telephone would be. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', PROCESSOR);
}
