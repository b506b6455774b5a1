import { test } from '@playwright/test';

/** What a person does with their hands, from one moment to another. */
interface Hand {
  readonly way: string;
  readonly clicks: number;
  readonly fields: number;
  readonly touches: number;
}

/** What is measured, and the row that one measurement adds to its table. */
interface Rows {
  'first-time': Hand;
  later: Hand;
  'first-tab': {
    readonly after: string;
    readonly tries: number;
    readonly 'median ms': number;
    readonly 'most ms': number;
  };
  /** Of as many tries with a known as with an unknown address. */
  'known-address': {
    readonly tries: number;
    readonly 'known, median ms': number;
    readonly 'unknown, median ms': number;
    readonly 'difference ms': number;
  };
}

type Measure = keyof Rows;

/** The tables, in the order in which they are printed. */
const TITLES: Readonly<Record<Measure, string>> = {
  'first-time': 'From the mail to signed in, the click in the mail included',
  later: 'Signing in again later',
  'first-tab': 'Until the first tab moves on by itself',
  'known-address': 'How soon a sign-up is answered',
};

/** The tag of tests that call {@link figure}; `npm run journey:stats` runs just those. */
export const MEASURED = { tag: '@measured' } as const;

const PREFIX = 'figure:';

/**
 * Notes what was measured, for the tables at the end of the run (`figures-reporter.ts`). The test that measures is tagged
 * with {@link MEASURED}.
 * @param measure names the table
 * @param row one line of it; the same names, in the same order, as in its other lines
 * @throws Error where the test has no such tag, since its figures would be missing from `npm run journey:stats`
 */
export function figure<M extends Measure>(measure: M, row: Rows[M]): void {
  const { annotations, tags, title } = test.info();
  if (!tags.includes(MEASURED.tag)) throw new Error(`"${title}" measures, so it needs the tag ${MEASURED.tag}.`);
  annotations.push({ type: PREFIX + measure, description: JSON.stringify(row) });
}

interface Annotation {
  readonly type: string;
  readonly description?: string;
}

/** Lays rows out in columns under their names; figures stand to the right. */
function columns(rows: readonly Readonly<Record<string, string | number>>[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isFigure = names.map((name) => typeof rows[0]?.[name] === 'number');
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return isFigure[column] ? cell.padStart(width) : cell.padEnd(width);
  };
  return lines.map((line) => line.map(pad).join('  ').trimEnd());
}

/**
 * The tables of a run.
 * @param annotations of all tests, in the order in which they ran
 * @returns text for a terminal; empty when nothing was measured
 */
export function tables(annotations: readonly Annotation[]): string {
  return Object.entries(TITLES)
    .map(([measure, title]) => {
      const rows = annotations
        .filter(({ type }) => type === PREFIX + measure)
        .map(({ description }) => JSON.parse(description ?? '{}'));
      return rows.length === 0 ? '' : `\n${title}\n  ${columns(rows).join('\n  ')}\n`;
    })
    .join('');
}

/** The middle one of some figures; the lower one of two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
