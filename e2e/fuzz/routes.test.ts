import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listRoutes, pathsOf } from './routes';

test('no page and no route handler of the portal is left out', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|\/)(page|route)\.(tsx?|jsx?)$/.test(file),
  );
  expect(listRoutes()).toHaveLength(files.length);
  expect(listRoutes().map(({ pattern }) => pattern)).toContain('/[locale]/sign-up/check-email');
});

test('every route has addresses without a parameter left in them', () => {
  for (const route of [...listRoutes(), { pattern: '/new/[thing]/[...more]', isPage: true }]) {
    const paths = pathsOf(route, 'demo');
    expect(paths.length, route.pattern).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/^\/[^[\]]*$/);
  }
});
