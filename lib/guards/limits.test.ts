import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { envSchema } from '@/lib/env';
import { stubPortalEnv } from '@/lib/env.fixture';
import { isSliding, limitOf, POLICIES } from './limits';

beforeAll(() => stubPortalEnv());
afterAll(() => vi.unstubAllEnvs());

const documented = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');

it('is documented as it is, row by row (ASVS 2.1.3)', () => {
  const inWords = (seconds: number) =>
    seconds === 3_600 ? 'an hour' : seconds === 60 ? 'a minute' : `${seconds} seconds`;
  const rows = POLICIES.map((policy) => {
    const { per, counts, points, duration, variable } = { variable: undefined, ...limitOf(policy) };
    const kind = isSliding(policy) ? 'sliding' : 'from the first on';
    const set = variable === undefined ? '' : `\`${variable}\``;
    return `| \`${policy}\` | ${per} | ${counts} | ${points} in ${inWords(duration)}, ${kind} | ${set} |`;
  });
  expect(documented).toContain(rows.join('\n'));
});

it('names a variable only where there is one', () => {
  for (const policy of POLICIES) {
    const { variable } = { variable: undefined, ...limitOf(policy) };
    if (variable !== undefined) expect(Object.keys(envSchema.shape)).toContain(variable);
  }
});
