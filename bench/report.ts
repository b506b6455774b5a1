import type { Figure } from './stats';

/** One line of the results: a thing that was measured, on each side that has it. */
export interface Row {
  readonly part: string;
  readonly what: string;
  readonly unit: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** Of what grows: the exponent, 0 constant, 1 linear. */
  readonly exponent?: number;
}

/** Digits that can be told apart by looking. */
function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en-GB').replaceAll(',', ' ');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

const told = (one: Figure | undefined) => {
  if (one === undefined) return '';
  const spread = one.samples > 1 ? ` [${short(one.least)}..${short(one.most)}]` : '';
  return `${short(one.median)}${spread}`;
};

/** How many times the portal's the hosted page's is. */
export function ratioOf({ figures: { hosted, portal } }: Row): number | undefined {
  if (hosted === undefined || portal === undefined || portal.median === 0) return undefined;
  return hosted.median / portal.median;
}

/** The results as a table of Markdown, which a terminal shows well enough. */
export function table(rows: readonly Row[]): string[] {
  const head = ['part', 'what', 'unit', 'hosted', 'portal', 'other', 'hosted : portal', 'exponent'];
  const body = rows.map((row) => {
    const { hosted, portal, ...others } = row.figures;
    const other = Object.entries(others).map(([name, one]) => `${name} ${told(one)}`);
    const ratio = ratioOf(row);
    const exponent = row.exponent === undefined ? '' : row.exponent.toFixed(2);
    const last = [other.join(', '), ratio === undefined ? '' : ratio.toFixed(2), exponent];
    return [row.part, row.what, row.unit, told(hosted), told(portal), ...last];
  });
  const all = [head, ...body];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...body.map(line)];
}
