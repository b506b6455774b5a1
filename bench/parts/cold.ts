import type { Page } from '@playwright/test';
import { until } from '../../e2e/until';
import { vitalsOf, watchVitals, weigh } from '../../e2e/weight';
import { loadBoth, slowDown } from '../browser';
import { type Part, Samples } from '../part';

/**
 * A page of scripts and fonts may still do something when its last byte has come: it is waited for until nothing has changed
 * for so long, and no longer than that (milliseconds).
 */
const SETTLES_MS = 1_500;
const MOST_MS = 15_000;

async function untilSettled(page: Page): Promise<void> {
  let before = '';
  const isAsBefore = async () => {
    const now = JSON.stringify(await vitalsOf(page));
    const isSame = now === before;
    before = now;
    return isSame;
  };
  await until(isAsBefore, Boolean, { within: MOST_MS, every: SETTLES_MS });
}

const unitOf = (sort: string) => {
  if (sort.startsWith('bytes')) return 'bytes';
  if (sort === 'requests') return 'requests';
  return sort === 'layout shift' ? '' : 'ms';
};

/** The page of somebody who was never here, on a slow telephone: what it weighs, and when it is there. */
export const cold: Part = async (bench) => {
  const samples = new Samples();
  await loadBoth('cold', bench, async (page, side, href) => {
    const weightOf = await weigh(page);
    await watchVitals(page);
    await slowDown(page);
    await page.goto(href, { waitUntil: 'load' });
    await page.waitForLoadState('networkidle');
    await untilSettled(page);
    const { requests, bytes, total } = weightOf();
    const { firstPaint = Number.NaN, largestPaint = Number.NaN, shift, blocking } = await vitalsOf(page);
    samples.add('bytes', side, total);
    for (const [kind, size] of Object.entries(bytes)) samples.add(`bytes, ${kind}`, side, size);
    samples.add('requests', side, requests);
    samples.add('first contentful paint', side, firstPaint);
    samples.add('largest contentful paint', side, largestPaint);
    samples.add('layout shift', side, shift);
    samples.add('total blocking time', side, blocking);
  });
  return samples.rows('cold', unitOf);
};
