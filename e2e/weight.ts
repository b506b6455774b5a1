import type { CDPSession, Page } from '@playwright/test';

/** What a page costs on the wire, headers included, as the browser counts it. */
export interface Weight {
  readonly requests: number;
  /** Bytes by kind, as the DevTools protocol names it: `Document`, `Script`, `Stylesheet`, `Image`, `Font`, `Other`. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly total: number;
  /** Addresses, in the order in which they came. */
  readonly urls: readonly string[];
}

/**
 * Weighs what a page loads from now on.
 * @param page with nothing open yet
 * @returns what it has come to, whenever asked
 */
export async function weigh(page: Page): Promise<() => Weight> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map<string, { kind: string; url: string }>();
  const bytes: Record<string, number> = {};
  const urls: string[] = [];
  session.on('Network.responseReceived', ({ requestId, type, response }) =>
    kinds.set(requestId, { kind: type, url: response.url }),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind = 'Other', url = '' } = kinds.get(requestId) ?? {};
    if (url.startsWith('data:')) return;
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
    urls.push(url);
  });
  return () => ({
    requests: urls.length,
    bytes: { ...bytes },
    total: Object.values(bytes).reduce((sum, one) => sum + one, 0),
    urls: [...urls],
  });
}

/** How much what is shown has moved, and what is large of it. */
export interface Vitals {
  /** Milliseconds after the navigation began; undefined where nothing was painted. */
  readonly firstPaint: number | undefined;
  readonly largestPaint: number | undefined;
  /** Cumulative layout shift: without what follows an input within half a second. */
  readonly shift: number;
  /** Milliseconds beyond the first fifty of each long task after the first paint. */
  readonly blocking: number;
}

declare global {
  interface Window {
    vitals?: {
      paints: Record<string, number>;
      largest?: number;
      shift: number;
      tasks: [start: number, took: number][];
    };
  }
}

/** Runs in the page. A text, since what compiles this file may put helpers into its functions that no page has. */
const WATCH = `
  const vitals = window.vitals = { paints: {}, shift: 0, tasks: [] };
  const watch = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => { vitals.paints[name] = startTime; });
  watch('largest-contentful-paint', ({ startTime }) => { vitals.largest = startTime; });
  watch('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) vitals.shift += value; });
  watch('longtask', ({ startTime, duration }) => { vitals.tasks.push([startTime, duration]); });
`;

/** Has every page that is opened from now on keep what web-vitals are made of. */
export async function watchVitals(page: Page): Promise<void> {
  await page.addInitScript({ content: WATCH });
}

/** What came of it so far on the page that is open. */
export async function vitalsOf(page: Page): Promise<Vitals> {
  const vitals = await page.evaluate(() => window.vitals);
  if (vitals === undefined) throw new Error('The page was opened before its vitals were watched');
  const firstPaint = vitals.paints['first-contentful-paint'];
  const late = vitals.tasks.filter(([start, took]) => start + took > (firstPaint ?? 0));
  return {
    firstPaint,
    largestPaint: vitals.largest,
    shift: vitals.shift,
    blocking: late.reduce((sum, [, took]) => sum + Math.max(0, took - 50), 0),
  };
}
