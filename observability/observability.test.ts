import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AUDIT_EVENTS } from '@/lib/telemetry/events';
import { metrics } from '@/lib/telemetry/metrics';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const dashboard = JSON.parse(read('dashboard.json'));
const alerts = read('alerts.yml');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly { readonly expr: string }[];
}
const panels: readonly Panel[] = dashboard.panels;

/** Every series that a portal exposes. */
const exposed = new Set(
  metrics()
    .registry.getMetricsAsArray()
    .flatMap(({ name, type }) =>
      // The typings say a number and the values are words.
      String(type) === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
    ),
);
const recorded = new Set([...alerts.matchAll(/record: (\S+)/g)].map(([, name]) => name));

/** Names of series in a query: words of ours, of Node's or of the process'. */
const seriesIn = (text: string) => [...new Set(text.match(/\b(?:vestibule[_:]|nodejs_|process_)[\w:]+/g))];

test.each([
  ['alerts.yml', alerts.replaceAll(/record: \S+/g, '')],
  ['alerts.test.yml', read('alerts.test.yml')],
  ['dashboard.json', JSON.stringify(panels)],
])('%s asks for nothing that the portal does not expose', (_, text) => {
  const asked = seriesIn(text);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => !exposed.has(name) && !recorded.has(name))).toEqual([]);
});

test('every metric of the portal’s own is on the dashboard', () => {
  const shown = new Set(seriesIn(JSON.stringify(panels)).map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
  const own = [...exposed]
    .map((name) => name.replace(/_(?:bucket|sum|count)$/, ''))
    .filter((name) => /^vest/.test(name));
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

test('labels that are asked for are those that a metric has', () => {
  const labels = new Map(
    metrics()
      .registry.getMetricsAsArray()
      .map((metric) => [metric.name, 'labelNames' in metric ? (metric.labelNames as string[]) : []]),
  );
  const asked = [
    ...(alerts + JSON.stringify(panels)).matchAll(/\b(vestibule_\w+?)(?:_bucket|_sum|_count)?\{([^}]*)\}/g),
  ];
  expect(asked.length).toBeGreaterThan(10);
  for (const [, name = '', matchers = ''] of asked)
    for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=|!=|=~|!~)\\?"/g))
      expect(labels.get(name)).toContain(label);
});

test('panels have an id each, a question each, and none lies over another', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = new Map<string, string>();
  for (const { type, title, gridPos, targets } of panels) {
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    if (type !== 'row') expect([title, targets?.length]).not.toEqual([title, undefined]);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(cells.get(`${x} ${y}`), title).toBeUndefined();
        cells.set(`${x} ${y}`, title);
      }
  }
});

test('every alert says what it means and what to do', () => {
  const rules = alerts.split('- alert: ').slice(1);
  expect(rules.length).toBeGreaterThan(5);
  for (const rule of rules)
    for (const part of ['severity: ', 'summary: ', 'description: ', 'runbook: ']) expect(rule).toContain(part);
});

test('log lines that alerts tell of are audit events or lines that the code writes', () => {
  const events = [...alerts.matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map(([, name = '']) => name);
  const lines = [
    'captcha.unavailable',
    'captcha.misconfigured',
    'captcha.refused',
    'library.error',
    'audit-webhook.lost',
  ];
  expect(events.filter((name) => !(name in AUDIT_EVENTS) && !lines.includes(name))).toEqual([]);
});

const manual = read('../docs/observability.md');

/** The cells of a table's rows whose first cell is code. */
const rowsOf = (heading: string) =>
  (manual.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name?.startsWith('`'))
    .map(([, ...cells]) => cells.slice(0, 3));

const inCode = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

test('docs/observability.md has every event as it is', () => {
  expect(rowsOf('Audit events')).toEqual(
    Object.entries(AUDIT_EVENTS).map(([name, { says, facts }]) => [`\`${name}\``, says, inCode(facts)]),
  );
});

test('docs/observability.md has every metric as it is', () => {
  const own = metrics()
    .registry.getMetricsAsArray()
    .filter(({ name }) => name.startsWith('vestibule_'));
  expect(rowsOf('Metrics')).toEqual(
    own.map((metric) => [
      `\`${metric.name}\``,
      metric.help,
      inCode('labelNames' in metric ? (metric.labelNames as string[]) : []),
    ]),
  );
});
