import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../folders';
import { isAllowed, LICENCES_FILE, licenceList, lockedPackages, servedPackages } from './licences';

test('the list of licences is that of the packages as they are installed', () => {
  expect(readFileSync(join(ROOT, LICENCES_FILE), 'utf8'), 'npm run licences writes it anew').toBe(licenceList());
});

test('every package that is served is under a licence that is allowed', () => {
  expect(servedPackages().length).toBeGreaterThan(50);
  expect(servedPackages().filter((one) => !isAllowed(one))).toEqual([]);
});

test.each([
  ['left', 'MIT', true],
  ['left', '(MIT OR GPL-3.0-only)', true],
  ['left', 'MIT AND GPL-3.0-only', false],
  ['left', 'LGPL-3.0-or-later', false],
  ['@img/sharp-linux-x64', 'Apache-2.0 AND LGPL-3.0-or-later', true],
  ['left', 'unknown', false],
])('%s under %s: %s', (name, licence, allowed) => {
  expect(isAllowed({ name, version: '1.0.0', licence })).toBe(allowed);
});

test('every package that can be installed is bound to its content', () => {
  // What is bundled comes in the file of another package.
  const packages = lockedPackages().filter(([, { inBundle }]) => inBundle !== true);
  const unbound = packages.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
  expect(unbound.map(([folder]) => folder)).toEqual([]);
});

test('every direct dependency is of one exact version, and Node’s least version is said', () => {
  const { dependencies, devDependencies, engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  // The bootstrap refuses an older one.
  expect(engines.node).toBe('>=20.9');
  expect(readFileSync(join(ROOT, 'stack/bootstrap.mjs'), 'utf8')).toContain('major === 20 && minor < 9');
});
