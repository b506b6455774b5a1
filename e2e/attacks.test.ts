import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A row of the table: `| id | attack | what holds | file: title |`, its columns in line or not. */
interface Row {
  readonly id: string;
  readonly file: string;
  readonly title: string;
}

const ROWS: readonly Row[] = readFileSync('docs/attacks.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, , , where] =
      line.split(' | ').length === 4 ? ['', ...line.slice(2, -2).split(' | ')].map((cell) => cell.trim()) : [];
    const [, file, title] = /^`([^`]+\.ts)`: (.+)$/.exec(where ?? '') ?? [];
    return id === undefined || file === undefined || title === undefined ? [] : [{ id, file, title }];
  });

const specs = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'));

/** Titles with an id, as they stand in a file; a title that is made of parts ends with the first of them. */
function titlesIn(file: string): string[] {
  const text = readFileSync(join('e2e', file), 'utf8');
  return [...text.matchAll(/\btest\(\s*['`](\[v5[^'`$]*)/g)].map(([, title = '']) => title.trim());
}

test('every row names a test that is there', () => {
  expect(ROWS.length).toBeGreaterThan(20);
  const missing = ROWS.filter(({ file, title }) => !readFileSync(file, 'utf8').includes(title));
  expect(missing).toEqual([]);
});

test('every test that the threat model names is there', () => {
  const named = [...readFileSync('docs/threat-model.md', 'utf8').matchAll(/`([^`|]+\.ts)`: ([^|]+?) *\|$/gm)];
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(([, file = '', title = '']) => !readFileSync(file, 'utf8').includes(title));
  expect(missing.map(([row]) => row)).toEqual([]);
});

test('every test with an id is in the table, under its id', () => {
  const listed = ROWS.map(({ id, file, title }) => `${file} [${id}] ${title.replace(/^\[[^\]]+\] /, '')}`);
  const found = specs.flatMap((file) => titlesIn(file).map((title) => `e2e/${file} ${title}`));
  expect(found.filter((one) => !listed.includes(one))).toEqual([]);
});
