import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { envSchema } from '@/lib/env';
import { stubPortalEnv } from '@/lib/env.fixture';
import { isSliding, limitOf, POLICIES } from './limits';

beforeAll(() => stubPortalEnv());
afterAll(() => vi.unstubAllEnvs());

const documented = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');

it('is documented as it is, row by row (ASVS 2.1.3)', () => {
  const units = new Map([
    [86_400, 'a day'],
    [3_600, 'an hour'],
    [60, 'a minute'],
  ]);
  const inWords = (seconds: number) => units.get(seconds) ?? `${seconds} seconds`;
  const rows = documented
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name?.startsWith('`'))
    .map(([, ...cells]) => cells.slice(0, 5));
  const policies = POLICIES.map((policy) => {
    const { per, counts, points, duration, variable } = { variable: undefined, ...limitOf(policy) };
    const kind = isSliding(policy) ? 'sliding' : 'from the first on';
    const most = `${points} in ${inWords(duration)}, ${kind}`;
    return [`\`${policy}\``, per, counts, most, variable === undefined ? '' : `\`${variable}\``];
  });
  expect(rows).toEqual(policies);
});

it('names a variable only where there is one', () => {
  for (const policy of POLICIES) {
    const { variable } = { variable: undefined, ...limitOf(policy) };
    if (variable !== undefined) expect(Object.keys(envSchema.shape)).toContain(variable);
  }
});
