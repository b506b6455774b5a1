import type { Page } from '@playwright/test';
import { vitalsOf, watchVitals, weigh } from '../../e2e/weight';
import { loadBoth, slowDown } from '../browser';
import { type Part, Samples } from '../part';

/** The page in another language, where its own list of languages leads. */
async function inGerman(page: Page): Promise<string> {
  const link = page.locator('a[hreflang="de"], a[href*="kc_locale=de"]').first();
  if ((await link.count()) > 0) return link.evaluate((element) => (element as HTMLAnchorElement).href);
  const option = page.locator('option[value*="kc_locale=de"]').first();
  return new URL((await option.getAttribute('value')) ?? '', page.url()).href;
}

/** The page of somebody who has been here before, on the same telephone: again, and in another language. */
export const warm: Part = async (bench) => {
  const samples = new Samples();
  await loadBoth('warm', bench, async (page, side, href) => {
    await watchVitals(page);
    await page.goto(href, { waitUntil: 'networkidle' });
    const german = await inGerman(page);
    await slowDown(page);
    for (const [what, target] of [
      ['again', href],
      ['in another language', german],
    ] as const) {
      const weightOf = await weigh(page);
      const before = weightOf().total;
      await page.goto(target, { waitUntil: 'networkidle' });
      const { firstPaint = Number.NaN, largestPaint = Number.NaN } = await vitalsOf(page);
      samples.add(`${what}, first contentful paint`, side, firstPaint);
      samples.add(`${what}, largest contentful paint`, side, largestPaint);
      samples.add(`${what}, bytes`, side, weightOf().total - before);
    }
  });
  return samples.rows('warm', (sort) => (sort.endsWith('bytes') ? 'bytes' : 'ms'));
};
