import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { envSchema, parseEnv } from '@/lib/env';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const variables = Object.keys(envSchema.shape);

/** The least that makes a portal. */
const complete = {
  PORTAL_URL: 'https://signup.example.com',
  PORTAL_SECRET: 'a'.repeat(32),
  KEYCLOAK_URL: 'https://sso.example.com',
  KEYCLOAK_REALM: 'demo',
  KEYCLOAK_CLIENT_SECRET: 'one',
  KEYCLOAK_ADMIN_CLIENT_SECRET: 'two',
  HCAPTCHA_SITE_KEY: 'site',
  HCAPTCHA_SECRET: 'secret',
};

/** The example as pairs of a variable and the comment above it; a variable with a default is itself commented out. */
function entriesOf(file: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const block of file.split(/\n{2,}/)) {
    const lines = block.trim().split('\n');
    const name = /^(?:# )?([A-Z][A-Z0-9_]*)=/.exec(lines.at(-1) ?? '')?.[1];
    if (name) entries.set(name, (lines.at(-2) ?? '').replace(/^# /, ''));
  }
  return entries;
}

function problemsOf(source: Record<string, string | undefined>): string[] {
  const result = parseEnv(source);
  return result.ok ? [] : result.problems;
}

describe('.env.example', () => {
  test('holds exactly the variables that the portal reads, in the same order', () => {
    const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
    expect(named).toEqual(variables);
  });

  test('explains each with the words of the schema', () => {
    const explained = Object.fromEntries(entriesOf(example));
    expect(explained).toEqual(
      Object.fromEntries(Object.entries(envSchema.shape).map(([name, schema]) => [name, schema.description])),
    );
  });

  test('shows each default as it is', () => {
    const shown = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=(.+)$/gm)].map((match) => [match[1], match[2]]);
    const result = parseEnv(complete);
    if (!result.ok) throw new Error(result.problems.join('\n'));
    const defaults = Object.entries(result.env).filter(([name]) => !(name in complete));
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(defaults.map(([name, value]) => [name, String(value)])),
    );
  });
});

describe('the variables of a process', () => {
  test('are complete with the few that have no default', () => {
    expect(problemsOf(complete)).toEqual([]);
  });

  test('an empty environment lists every missing variable at once', () => {
    const named = problemsOf({}).map((problem) => problem.split(' ')[0]);
    expect(named.sort()).toEqual(Object.keys(complete).sort());
  });

  test('an empty value counts as missing', () => {
    const empty = Object.fromEntries(Object.keys(complete).map((name) => [name, '']));
    expect(problemsOf(empty)).toEqual(problemsOf({}));
  });

  test('without a CAPTCHA its keys are not asked for', () => {
    const { HCAPTCHA_SITE_KEY, HCAPTCHA_SECRET, ...others } = complete;
    expect(problemsOf({ ...others, CAPTCHA: 'none' })).toEqual([]);
    expect(problemsOf({ ...others, CAPTCHA: 'proof-of-work' })).toEqual([]);
    expect(problemsOf(others)).toHaveLength(2);
  });

  test.each([
    ['https://signup.example.com', 0],
    ['http://localhost:3000', 0],
    ['http://shop.localhost:3000', 0],
    ['http://127.0.0.1:3000', 0],
    ['http://signup.example.com', 1],
    ['http://localhost.example.com', 1],
  ])('the proof of work at %s: problems %i', (PORTAL_URL, count) => {
    const problems = problemsOf({ ...complete, PORTAL_URL, CAPTCHA: 'proof-of-work' });
    expect(problems).toHaveLength(count);
    for (const problem of problems) expect(problem).toContain('PORTAL_URL must be https');
    expect(problemsOf({ ...complete, PORTAL_URL })).toEqual([]);
  });

  test('a webhook has an address and a secret of the right shape, or neither', () => {
    const url = { AUDIT_WEBHOOK_URL: 'https://events.example.com/in' };
    const secret = { AUDIT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}` };
    expect(problemsOf({ ...complete, ...url, ...secret })).toEqual([]);
    expect(problemsOf({ ...complete, ...url })).toEqual([
      expect.stringMatching(/^AUDIT_WEBHOOK_SECRET must be set when/),
    ]);
    expect(problemsOf({ ...complete, ...secret })).toEqual([
      expect.stringMatching(/^AUDIT_WEBHOOK_URL must be set when/),
    ]);
    expect(problemsOf({ ...complete, ...secret, AUDIT_WEBHOOK_URL: 'ftp://events.example.com' })).toEqual([
      expect.stringMatching(/^AUDIT_WEBHOOK_URL must be an http or https address/),
    ]);
    expect(problemsOf({ ...complete, ...url, AUDIT_WEBHOOK_SECRET: 'short' })).toEqual([
      expect.stringMatching(/^AUDIT_WEBHOOK_SECRET must be whsec_/),
    ]);
  });

  test('several hosts stand in one list', () => {
    const result = parseEnv({ ...complete, CAPTCHA_HOSTNAMES: 'join.example.com, example.org' });
    expect(result.ok && result.env.CAPTCHA_HOSTNAMES).toEqual(['join.example.com', 'example.org']);
  });

  test.each([
    ['PORTAL_URL', 'https://example.com/signup', 'without a path'],
    ['PORTAL_SECRET', 'short', 'openssl rand -base64 32'],
    ['KEYCLOAK_URL', 'sso', 'for example https://sso.example.com'],
    ['KEYCLOAK_REALM', undefined, 'for example demo'],
    ['KEYCLOAK_CLIENT_SECRET', undefined, 'npm run keycloak:setup'],
    ['KEYCLOAK_ADMIN_CLIENT_SECRET', undefined, 'npm run keycloak:setup'],
    ['KEYCLOAK_TIMEOUT_MS', 'soon', 'a whole number from 500 to 60000'],
    ['KEYCLOAK_TIMEOUT_MS', '1', 'at least 500'],
    ['REFRESH_TOKEN', 'short', 'openssl rand -base64 32'],
    ['METRICS_TOKEN', 'short', 'openssl rand -base64 32'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'an http or https address'],
    ['PASSWORD_MODE', 'later', 'after-verification, form or passkey'],
    ['EXTRA_ACTIONS', 'CONFIGURE_TOTP, UPDATE_PASSWORD', 'PASSWORD_MODE or passwordMode'],
    ['EXTRA_ACTIONS', 'CONFIGURE/TOTP', 'for example CONFIGURE_TOTP'],
    ['CAPTCHA', 'yes', 'hcaptcha, proof-of-work or none'],
    ['CAPTCHA_FROM_ATTEMPT', '0', 'at least 1'],
    ['CAPTCHA_WHEN_DOWN', 'ajar', 'closed or open'],
    ['CAPTCHA_HOSTNAMES', 'join.example.com:8443', 'without ports'],
    ['HCAPTCHA_MAX_SCORE', 'low', 'a number from 0 to 1'],
    ['HCAPTCHA_MAX_SCORE', '1.5', 'at most 1'],
    ['HCAPTCHA_TIMEOUT_MS', '5', 'at least 500'],
    ['PROOF_OF_WORK_COST', '0', 'at least 1'],
    ['HCAPTCHA_SITE_KEY', undefined, 'CAPTCHA=none'],
    ['HCAPTCHA_SIZE', 'big', 'normal or invisible'],
    ['SIGN_UPS_PER_HOUR', '1.5', 'a whole number from 1 to 100000'],
    ['TRUSTED_PROXIES', '11', 'at most 10'],
    ['LOG_LEVEL', 'loud', 'debug, info, warn or error'],
  ])('a wrong %s (%s) is named, with the mend', (name, value, mend) => {
    const problems = problemsOf({ ...complete, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must `));
    expect(problems[0]).toContain(mend);
  });

  // Known fault: the refinement of `origin` runs although the value is no address, and `new URL` throws out of parseEnv.
  // Take `.fails` away with the mend (`abort: true` in the options of `z.url`).
  test('a PORTAL_URL that is no address is named, with the mend', () => {
    expect(problemsOf({ ...complete, PORTAL_URL: 'signup.example.com' })).toEqual([
      'PORTAL_URL must be an http or https address, for example https://signup.example.com',
    ]);
  });

  test('several extra actions stand in one list', () => {
    const result = parseEnv({ ...complete, EXTRA_ACTIONS: 'CONFIGURE_TOTP, TERMS_AND_CONDITIONS' });
    expect(result.ok && result.env.EXTRA_ACTIONS).toEqual(['CONFIGURE_TOTP', 'TERMS_AND_CONDITIONS']);
  });

  test('no problem repeats the value of a secret', () => {
    const problems = problemsOf({ ...complete, PORTAL_SECRET: 'hunter2', REFRESH_TOKEN: 'hunter2' });
    expect(problems.join('\n')).not.toContain('hunter2');
  });
});
