import 'server-only';
import { z } from 'zod';
import { canCompute, captchaKind } from '@/lib/captcha-kinds';
import { extraAction, passwordMode } from '@/lib/required-actions';

const origin = z
  .url({
    protocol: /^https?$/,
    error: 'must be an http or https address, for example https://signup.example.com',
    abort: true,
  })
  .refine((value) => new URL(value).origin === value.replace(/\/$/, ''), {
    error: 'must be an origin alone, without a path, for example https://signup.example.com',
  })
  .transform((value) => value.replace(/\/$/, ''));

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address, for example https://sso.example.com' })
  .transform((value) => value.replace(/\/$/, ''));

const named = (example: string) => z.string({ error: `must be set, for example ${example}` }).min(1);

const count = (least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int({ error: `must be a whole number from ${least} to ${most}` })
    .min(least, { error: `must be at least ${least}` })
    .max(most, { error: `must be at most ${most}` })
    .default(fallback);

/**
 * Every variable that the portal reads. The meta description is the comment in `.env.example`, which a test holds
 * against this schema.
 */
export const envSchema = z.object({
  PORTAL_URL: origin.describe(
    'Address under which browsers reach the portal. The cookies are Secure when it is https.',
  ),
  PORTAL_SECRET: named('the output of: openssl rand -base64 32')
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -base64 32' })
    .describe('Seals the cookies. Keep it secret and the same on every instance.'),
  PORTAL_SECRET_PREVIOUS: z
    .string()
    .min(32, { error: 'must be the whole PORTAL_SECRET that was in use before, or unset' })
    .optional()
    .describe('The secret before this one: what it sealed is still accepted. Unset it twelve hours after a change.'),
  KEYCLOAK_URL: baseUrl.describe('Address of Keycloak, with its path prefix if it has one.'),
  KEYCLOAK_REALM: named('demo').describe('Realm that people sign up to.'),
  KEYCLOAK_CLIENT_ID: z
    .string()
    .min(1)
    .default('portal')
    .describe('Client for signing in (npm run keycloak:setup makes it).'),
  KEYCLOAK_CLIENT_SECRET: named('the secret that npm run keycloak:setup prints').describe('Secret of that client.'),
  KEYCLOAK_ADMIN_CLIENT_ID: z
    .string()
    .min(1)
    .default('portal-admin')
    .describe('Client whose service account creates the users; keycloak/README.md says what else it may.'),
  KEYCLOAK_ADMIN_CLIENT_SECRET: named('the secret that npm run keycloak:setup prints').describe(
    'Secret of that client.',
  ),
  KEYCLOAK_TIMEOUT_MS: count(500, 60_000, 8_000).describe('Longest wait for one answer of Keycloak, in milliseconds.'),
  SIGN_UPS_AT_ONCE: count(1, 1_000, 16).describe(
    'Sign-ups that are made at once; as many wait their turn, and all others are asked to come back in a moment.',
  ),
  REALM_CACHE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder in which the realm as last read is kept, for a start while Keycloak is down; with REDIS_URL it is kept there too.',
    ),
  REFRESH_TOKEN: z
    .string()
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -base64 32' })
    .optional()
    .describe('Lets whoever holds it have the realm read anew at once. Unset: nobody can.'),
  SWEEP_TOKEN: z
    .string()
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -base64 32' })
    .optional()
    .describe('Lets whoever holds it have sign-ups removed that nobody confirmed. Unset: nobody can.'),
  SWEEP_AFTER_HOURS: count(1, 8_760, 168).describe('How old such a sign-up must be, in hours; older than its link.'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example.com' })
    .optional()
    .describe("Mail server for the portal's own mail, to owners of known addresses. Unset: none is sent."),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, {
      error: 'must be an address such as Harbour <no-reply@example.com>',
    })
    .optional()
    .describe('Sender of that mail. Set it with SMTP_URL.'),
  PASSWORD_MODE: passwordMode
    .default('after-verification')
    .describe('A password chosen behind the mailed link or on the form, or a passkey made behind it.'),
  EXTRA_ACTIONS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(extraAction))
    .optional()
    .describe('What else the mailed link asks for: required actions with commas, such as CONFIGURE_TOTP.'),
  CAPTCHA: captchaKind
    .default('hcaptcha')
    .describe('The CAPTCHA on the form. Only with none does the form work without JavaScript.'),
  CAPTCHA_FROM_ATTEMPT: count(1, 1_000, 1).describe(
    'The attempt of one client address in an hour from which on the form has its CAPTCHA. 1: always.',
  ),
  CAPTCHA_WHEN_DOWN: z
    .enum(['closed', 'open'], { error: 'must be closed or open' })
    .default('closed')
    .describe('Whether sign-ups pass while hCaptcha does not answer. A wrong configuration never lets any pass.'),
  CAPTCHA_HOSTNAMES: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z.array(
        z.string().regex(/^[a-z0-9.-]+$/, {
          error: 'must be lower-case host names with commas, such as signup.example.com, without ports',
        }),
      ),
    )
    .optional()
    .describe("Hosts on which hCaptcha may be solved besides PORTAL_URL's, with commas."),
  HCAPTCHA_SITE_KEY: z.string().min(1).optional().describe('Site key from the hCaptcha dashboard.'),
  HCAPTCHA_SECRET: z.string().min(1).optional().describe('Account secret from the hCaptcha dashboard.'),
  HCAPTCHA_SIZE: z
    .enum(['normal', 'invisible'], { error: 'must be normal or invisible' })
    .default('normal')
    .describe('A box to tick, or a check that only shows itself when in doubt.'),
  HCAPTCHA_MAX_SCORE: z.coerce
    .number({ error: 'must be a number from 0 to 1' })
    .min(0, { error: 'must be at least 0' })
    .max(1, { error: 'must be at most 1' })
    .optional()
    .describe('Enterprise: the highest risk score that passes, from 0 to 1. Unset: hCaptcha alone decides.'),
  HCAPTCHA_TIMEOUT_MS: count(500, 30_000, 5_000).describe('Longest wait for an answer of hCaptcha, in milliseconds.'),
  HCAPTCHA_SCRIPT_URL: baseUrl
    .default('https://js.hcaptcha.com/1/api.js')
    .describe('Where the widget comes from; leave it unless you use a first-party host of hCaptcha.'),
  HCAPTCHA_VERIFY_URL: baseUrl
    .default('https://api.hcaptcha.com/siteverify')
    .describe('Where tokens are verified; leave it unless you use a first-party host of hCaptcha.'),
  PROOF_OF_WORK_COST: count(1, 100_000, 300).describe(
    'Most tries of the proof of work, half of them on average; one takes a phone about 5 ms.',
  ),
  DISPOSABLE_DOMAINS_FILE: z
    .string()
    .optional()
    .describe('Newer list of disposable domains (npm run email:refresh writes it); re-read when it changes.'),
  LEAKED_PASSWORDS_URL: baseUrl
    .optional()
    .describe('Range service that knows leaked passwords, up to the slash before the prefix. Unset: nobody is asked.'),
  LEAKED_PASSWORDS_TIMEOUT_MS: count(100, 10_000, 1_500).describe(
    'Longest wait for its answer, in milliseconds; without one the password is taken.',
  ),
  SIGN_UPS_PER_HOUR: count(1, 100_000, 20).describe('Submits that one client address may make in an hour.'),
  MAILS_PER_HOUR: count(1, 100_000, 6).describe(
    'Mails that can be asked for to one address in an hour, by signing up or sending again.',
  ),
  ACCOUNTS_PER_HOUR: count(1, 100_000, 5).describe(
    'Sign-ups that are accepted from one client address in an hour; an office or a school behind one needs more.',
  ),
  CLIENT_SIGN_UPS_PER_MINUTE: count(1, 100_000, 300).describe(
    'Submits for one client in a minute that get as far as the CAPTCHA.',
  ),
  SIGN_UPS_PER_MINUTE: count(1, 100_000, 600).describe('The same for all clients together.'),
  LEAST_FILL_SECONDS: count(0, 60, 2).describe(
    'A form that is sent sooner after it was served has to be sent once more; a browser with JavaScript does so by itself.',
  ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be an address such as redis://:password@redis.example.com:6379/0' })
    .optional()
    .describe('Where all instances count together what the limits are about. Unset: each counts for itself.'),
  TRUSTED_PROXIES: count(0, 10, 0).describe(
    'Proxies in front of the portal that append to X-Forwarded-For. 0: none. Vercel: 1.',
  ),
  CSP_REPORT_URI: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address that takes reports of browsers' })
    .regex(/^[^\s;,"\\]+$/, { error: 'must be an address without spaces, commas, semicolons, quotes and backslashes' })
    .optional()
    .describe('Where browsers report what the content security policy has stopped. Unset: nowhere.'),
  PORTAL_CONFIG: z
    .string()
    .default('{}')
    .describe(
      'Brands, texts and rules, for all and by client: a path to a JSON file, which is re-read when it changes, or the JSON.',
    ),
  METRICS_TOKEN: z
    .string()
    .min(32, { error: 'must have at least 32 characters; make one with: openssl rand -base64 32' })
    .optional()
    .describe('Lets whoever holds it read the metrics. Unset: nobody can.'),
  AUDIT_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address that takes audit events' })
    .optional()
    .describe('Where audit events are posted besides standard output. Unset: nowhere.'),
  AUDIT_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, {
      error: 'must be whsec_ and 24 to 64 bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)',
    })
    .optional()
    .describe('Signs them (Standard Webhooks). Set it with AUDIT_WEBHOOK_URL.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl
    .optional()
    .describe('OpenTelemetry collector that gets traces by OTLP over HTTP. Unset: nothing is traced.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .default('info')
    .describe('Least level of what is logged; audit events always are.'),
});

/** Variables that mean nothing without each other, and what holds without both. */
const TOGETHER = [
  ['SMTP_URL', 'MAIL_FROM', 'the portal then sends no mail of its own'],
  ['AUDIT_WEBHOOK_URL', 'AUDIT_WEBHOOK_SECRET', 'audit events then go to standard output alone'],
] as const;

export type Env = z.output<typeof envSchema>;

/**
 * Reads the variables of a process.
 * @param source name-value pairs, as in `process.env`; an empty value counts as missing
 * @returns the values, or every problem as one line that names the variable and the mend
 */
export function parseEnv(
  source: Readonly<Record<string, string | undefined>>,
): { ok: true; env: Env } | { ok: false; problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  // No rule of the schema: it would not run, and so not be told, while any single variable is wrong.
  if ((given.CAPTCHA ?? 'hcaptcha') === 'hcaptcha') {
    const missing = ['HCAPTCHA_SITE_KEY', 'HCAPTCHA_SECRET'].filter((name) => given[name] === undefined);
    problems.push(
      ...missing.map(
        (name) =>
          `${name} must be set when CAPTCHA is hcaptcha (take it from the hCaptcha dashboard, or set CAPTCHA=none)`,
      ),
    );
  }
  if (given.CAPTCHA === 'proof-of-work' && !canCompute(given.PORTAL_URL))
    problems.push('PORTAL_URL must be https when CAPTCHA is proof-of-work (browsers compute it on no other page)');
  for (const [one, other, without] of TOGETHER) {
    if ((given[one] === undefined) === (given[other] === undefined)) continue;
    const [missing, set] = given[one] === undefined ? [one, other] : [other, one];
    problems.push(`${missing} must be set when ${set} is (or unset both: ${without})`);
  }
  return parsed.success && problems.length === 0 ? { ok: true, env: parsed.data } : { ok: false, problems };
}

let parsedEnv: Env | undefined;

/**
 * The variables of this process.
 * @throws Error with every problem, a line each, when one is wrong; `instrumentation.ts` makes that stop the start
 */
export function env(): Env {
  if (parsedEnv === undefined) {
    const result = parseEnv(process.env);
    if (!result.ok) throw new Error(result.problems.join('\n'));
    parsedEnv = result.env;
  }
  return parsedEnv;
}
