import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { newestBuild } from './build';
import { expect, test } from './fixtures';
import { stack } from './stack';

/** Next writes where it was built into these two; an image is built in `/app`, so that it tells nothing there. */
const NAMES_ITS_PLACE = ['server.js', '.next/required-server-files.json'];

/** What only the stack and the tests are made of. */
const OF_TESTS = [
  'SMTPServer',
  'stack/captcha',
  '@playwright',
  'vitest',
  'createDemoRealm',
  'Harbour-light-42',
  'hcaptcha-emulator',
];

/** Packages that a portal never needs. */
const OF_DEVELOPERS =
  /^node_modules\/(?:@playwright|@biomejs|@vitest|vitest|typescript|tsx|esbuild|smtp-server|mailparser|openid-client|@axe-core|axe-core|playwright.*|tailwindcss)\//;

/** All that a portal reads; a unit test keeps the example complete. */
const VARIABLES = [...readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(
  ([, name = '']) => name,
);

const OF_THE_PROJECT =
  /^(?:stack|e2e|bench|keycloak|docs|examples|lib|app|components)\/|\.(?:test|spec|fixture)\.[jt]sx?$|(?:^|\/)\.env/;

/** @returns what is wrong with a build: a line each, with the file and the kind of fault, never what was found */
function faultsOf(build: string, secrets: Readonly<Record<string, string>>): string[] {
  const files = readdirSync(build, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const file = relative(build, path);
    if (OF_DEVELOPERS.test(file)) return [`${file}: a developer's package`];
    if (file.startsWith('node_modules/')) return [];
    if (OF_THE_PROJECT.test(file)) return [`${file}: a file of the project`];
    const text = readFileSync(path, 'latin1');
    const isStatic = file.startsWith('.next/static/') || file.startsWith('public/');
    const isEmptyMap = file.endsWith('.map') && /"sources":\s*\[\]/.test(text) && !text.includes('sourcesContent');
    return [
      ...Object.entries(secrets)
        .filter(([, value]) => text.includes(value))
        .map(([kind]) => `${file}: ${kind}`),
      ...(isStatic ? VARIABLES.filter((variable) => new RegExp(`\\b${variable}\\b`).test(text)) : []).map(
        (variable) => `${file}: the name ${variable}`,
      ),
      // The manifest of the project names its tools and holds none of them.
      ...(file === 'package.json' ? [] : OF_TESTS.filter((trace) => text.includes(trace))).map(
        (trace) => `${file}: ${trace}`,
      ),
      ...(file.endsWith('.map') && !isEmptyMap ? [`${file}: a source map`] : []),
      ...(isStatic && /sourceMappingURL/.test(text) ? [`${file}: names a source map`] : []),
      ...(text.includes(process.cwd()) && !NAMES_ITS_PLACE.includes(file) ? [`${file}: a path of this machine`] : []),
    ];
  });
}

test('[v5.0.0-13.3.1] a build holds no secret, no variable’s name, no map and nothing of stack or tests', () => {
  const secrets = {
    'the administrator’s password': stack.keycloak.adminPassword,
    'the CAPTCHA’s secret': stack.captcha.secret,
    'the refresh token': stack.refreshToken,
    'the sweep token': stack.sweepToken,
    'an address of the stack': stack.keycloak.url,
  };
  const known = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.length > 8));
  expect(faultsOf(newestBuild(), known)).toEqual([]);
});

test('[v5.0.0-13.3.1] what must not be in a build is found where it is', () => {
  const found = faultsOf(newestBuild(), { 'a planted secret': 'vestibule-sign-up' });
  expect(found).toContain('public/embed.js: a planted secret');
});
