import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** The standalone build that the running portals were started from: the newest one. */
function newestServer(): string {
  const builds = '.stack/builds';
  const [newest] = readdirSync(builds)
    .map((name) => join(builds, name, 'server.js'))
    .filter((path) => existsSync(path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest === undefined) throw new Error('No build found');
  return newest;
}

test('wrong configuration stops the start and names every variable with its mend', async () => {
  const env = {
    NODE_ENV: 'production' as const,
    PATH: process.env.PATH ?? '',
    PORT: '0',
    HOSTNAME: '127.0.0.1',
    PASSWORD_MODE: 'sometimes',
    PORTAL_URL: 'here',
  };
  const server = spawn(process.execPath, [newestServer()], { env });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((resolve) => server.on('exit', resolve));
  expect(code).toBe(1);
  for (const line of [
    'PORTAL_URL must be an http or https address',
    'PORTAL_SECRET must be set',
    'KEYCLOAK_URL must be',
    'PASSWORD_MODE must be after-verification or form',
    'HCAPTCHA_SITE_KEY must be set when CAPTCHA is hcaptcha',
  ])
    expect(said).toContain(line);
});
