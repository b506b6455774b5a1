import 'server-only';
import { z } from 'zod';
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
  CAPTCHA: z
    .enum(['hcaptcha', 'none'], { error: 'must be hcaptcha or none' })
    .default('hcaptcha')
    .describe('The CAPTCHA on the form. Only with none does the form work without JavaScript.'),
  HCAPTCHA_SITE_KEY: z.string().min(1).optional().describe('Site key from the hCaptcha dashboard.'),
  HCAPTCHA_SECRET: z.string().min(1).optional().describe('Account secret from the hCaptcha dashboard.'),
  HCAPTCHA_SIZE: z
    .enum(['normal', 'invisible'], { error: 'must be normal or invisible' })
    .default('normal')
    .describe('A box to tick, or a check that only shows itself when in doubt.'),
  HCAPTCHA_SCRIPT_URL: baseUrl
    .default('https://js.hcaptcha.com/1/api.js')
    .describe('Where the widget comes from; leave it unless you use a first-party host of hCaptcha.'),
  HCAPTCHA_VERIFY_URL: baseUrl
    .default('https://api.hcaptcha.com/siteverify')
    .describe('Where tokens are verified; leave it unless you use a first-party host of hCaptcha.'),
  SIGN_UPS_PER_HOUR: count(1, 100_000, 20).describe('Submits that one client address may make in an hour.'),
  MAILS_PER_HOUR: count(1, 100_000, 6).describe(
    'Mails that can be asked for to one address in an hour, by signing up or sending again.',
  ),
  TRUSTED_PROXIES: count(0, 10, 0).describe(
    'Proxies in front of the portal that append to X-Forwarded-For. 0: none. Vercel: 1.',
  ),
  PORTAL_CONFIG: z
    .string()
    .default('{}')
    .describe(
      'Brands, texts and rules, for all and by client: a path to a JSON file, which is re-read when it changes, or the JSON.',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .default('info')
    .describe('Least level of what is logged.'),
});

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
  if ((given.SMTP_URL === undefined) !== (given.MAIL_FROM === undefined)) {
    const [missing, set] = given.SMTP_URL === undefined ? ['SMTP_URL', 'MAIL_FROM'] : ['MAIL_FROM', 'SMTP_URL'];
    problems.push(`${missing} must be set when ${set} is (or unset both: the portal then sends no mail of its own)`);
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
