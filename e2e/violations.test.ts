import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeViolations, provokes, violationIn } from './violations';

const OURS = 'http://localhost:3000';
const said = (text: string, url = `${OURS}/en/sign-up`, type = 'error') =>
  violationIn({
    text: () => text,
    location: () => ({ url, lineNumber: 0, columnNumber: 0, line: 0, column: 0 }),
    type: () => type as 'error',
    page: () => null,
  });
const STOPPED =
  'Executing inline script violates the following Content Security Policy directive "script-src \'self\'".';

test('a message of the browser about a policy is a violation, and no other is', () => {
  expect(said(STOPPED)).toEqual({ documents: [`${OURS}/en/sign-up`], text: STOPPED });
  expect(said('Failed to load resource: 404')).toBeUndefined();
  expect(said(STOPPED, OURS, 'log')).toBeUndefined();
});

test('a violation on a page of ours fails its test, and one on another’s page does not', () => {
  const found = [said(STOPPED), said(STOPPED, 'http://localhost:30001/elsewhere')].filter((one) => one !== undefined);
  expect(judgeViolations(found, [OURS], { annotations: [] })).toEqual([
    `The policy of /en/sign-up was violated: ${STOPPED}`,
  ]);
});

test('what a test provokes has to be stopped, and excuses nothing else', () => {
  const { annotation } = provokes('inline script');
  const found = [said(STOPPED)].filter((one) => one !== undefined);
  expect(judgeViolations(found, [OURS], { annotations: [annotation] })).toEqual([]);
  expect(judgeViolations([], [OURS], { annotations: [annotation] })).toHaveLength(1);
  expect(judgeViolations(found, [OURS], { annotations: [provokes('img-src').annotation] })).toHaveLength(2);
});

test('every spec is listened to: none takes its test from Playwright itself', () => {
  const specs = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'));
  const deaf = specs.filter((file) =>
    /import \{[^}]*\btest\b[^}]*\} from '@playwright\/test'/.test(readFileSync(join('e2e', file), 'utf8')),
  );
  expect(deaf).toEqual([]);
});
