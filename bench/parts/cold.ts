import { chromium } from '@playwright/test';
import { vitalsOf, watchVitals, weigh } from '../../e2e/weight';
import { chromiumLaunch } from '../../stack/chromium';
import { freshVisitor, slowDown } from '../browser';
import { type Part, Samples, shuffled } from '../part';
import { SIDES } from '../sides';

/** What a page of scripts and fonts may still do when its last byte has come (milliseconds). */
const SETTLES_MS = 1_500;

const unitOf = (sort: string) => {
  if (sort.startsWith('bytes')) return 'bytes';
  if (sort === 'requests') return 'requests';
  return sort === 'layout shift' ? '' : 'ms';
};

/** The page of somebody who was never here, on a slow telephone: what it weighs, and when it is there. */
export const cold: Part = async ({ ways, effort, random, progress }) => {
  const samples = new Samples();
  const browser = await chromium.launch(chromiumLaunch());
  try {
    for (let number = 0; number < effort.loads; number++) {
      for (const side of shuffled(SIDES, random)) {
        const context = await freshVisitor(browser);
        const page = await context.newPage();
        const weightOf = await weigh(page);
        await watchVitals(page);
        await slowDown(page);
        await page.goto(ways.of.form[side].page.href, { waitUntil: 'load' });
        await page.waitForLoadState('networkidle');
        await page.waitForTimeout(SETTLES_MS);
        const { requests, bytes, total } = weightOf();
        const { firstPaint = Number.NaN, largestPaint = Number.NaN, shift, blocking } = await vitalsOf(page);
        samples.add('bytes', side, total);
        for (const [kind, size] of Object.entries(bytes)) samples.add(`bytes, ${kind}`, side, size);
        samples.add('requests', side, requests);
        samples.add('first contentful paint', side, firstPaint);
        samples.add('largest contentful paint', side, largestPaint);
        samples.add('layout shift', side, shift);
        samples.add('total blocking time', side, blocking);
        await context.close();
      }
      progress(`cold: load ${number + 1} of ${effort.loads}`);
    }
  } finally {
    await browser.close();
  }
  return samples.rows('cold', unitOf);
};
