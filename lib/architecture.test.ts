import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** An empty house under the project's own lint rules: only what a test puts there is judged. */
let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(house, 'biome.json'), JSON.stringify({ ...rules, $schema: undefined, vcs: { enabled: false } }));
});

afterAll(() => rmSync(house, { recursive: true }));

/** @returns what the linter says of files, by path and content */
function lint(files: Readonly<Record<string, string>>): string {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'lint', ...Object.keys(files)], { cwd: house, encoding: 'utf8' });
  return `${run.stdout}${run.stderr}`;
}

const importing = (target: string) => `import { one } from '${target}';\n\none();\n`;

test.each([
  ['lib/profile/x.ts', '@/lib/env'],
  ['lib/profile/x.ts', 'node:fs'],
  ['lib/sign-up/x.ts', '@/components/ui/markup'],
  ['lib/keycloak/x.ts', '@/app/frame'],
  ['components/ui/x.tsx', '@/lib/keycloak/users'],
  ['components/ui/x.tsx', '@/lib/sign-up/sign-up'],
  ['app/x.ts', '@/stack/stack'],
])('an import upwards or across is refused: %s -> %s', (path, target) => {
  expect(lint({ [path]: importing(target) })).toContain('noRestrictedImports');
});

test.each([
  ['lib/sign-up/x.ts', '@/lib/profile/types'],
  ['components/ui/x.tsx', '@/lib/profile/types'],
  ['app/x.ts', '@/lib/sign-up/sign-up'],
])('an import downwards is accepted: %s -> %s', (path, target) => {
  expect(lint({ [path]: importing(target) })).not.toContain('noRestrictedImports');
});

test('a circle of imports is refused', () => {
  const first = "import { two } from './two';\n\nexport const one = () => two;\n";
  const second = "import { one } from './one';\n\nexport const two = () => one;\n";
  expect(lint({ 'lib/brand/one.ts': first, 'lib/brand/two.ts': second })).toContain('noImportCycles');
});
