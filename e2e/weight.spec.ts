import { expect, test } from './fixtures';
import { portal } from './stack';

/** The goal for the page's scripts before the CAPTCHA, in bytes on the wire, headers included. */
const MOST_SCRIPT = 160_000;

test('the sign-up page stays light until the visitor starts on it', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  let requests = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
    requests += 1;
  });
  await page.goto(`${portal('main')}/en/sign-up?client_id=shop`);
  await page.waitForLoadState('networkidle');
  process.stdout.write(`    weight: ${requests} requests, ${JSON.stringify(bytes)} bytes compressed\n`);
  expect(bytes.Script).toBeLessThanOrEqual(MOST_SCRIPT);
});
