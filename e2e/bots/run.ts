import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { signInAsAdmin } from '../../keycloak/set-up-realm';
import { chromiumLaunch } from '../../stack/chromium';
import { ROOT } from '../../stack/folders';
import { stopOnSignal } from '../../stack/processes';
import { type Stack, startStack } from '../../stack/stack';
import { runCommand, say, wholeNumber } from '../command';
import { type RealmApi, realmApi } from '../parity/keycloak';
import { fillRequired, submit, tickCaptcha } from '../visitor';
import { ADDRESSES, countAccounts, sendBots, table } from './campaign';
import { startProxy } from './proxy';

const USAGE = `npm run bots -- [--sign-ups N]

Sends automated sign-ups from ${ADDRESSES} addresses to a portal with default limits, and to Keycloak's own page of the same realm.
  --sign-ups N   how many to each (1000)
`;

/** What the limits allow all addresses together: the least of the hourly ones by address, as \`.env.example\` has them. */
function mostAccounts(): number {
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const limits = [...example.matchAll(/^# ?(?:SIGN_UPS|ACCOUNTS)\w*_PER_HOUR=(\d+)$/gm)].map(([, limit]) =>
    Number(limit),
  );
  if (limits.length === 0) throw new Error('.env.example has no limit of sign-ups by address');
  return ADDRESSES * Math.min(...limits);
}

/** Somebody signs up in a browser, while the bots are at it. @returns how long they took, in milliseconds */
async function person(url: string): Promise<number> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    const started = Date.now();
    await page.goto(url);
    await fillRequired(page, 'a-person@person.example');
    if (await page.locator('#captcha').count()) await tickCaptcha(page);
    await submit(page);
    // Quicker than people are: the page itself waits, and sends the form again.
    await page.waitForURL('**/sign-up/check-email', { timeout: 60_000 });
    return Date.now() - started;
  } finally {
    await browser.close();
  }
}

/** A token of the emulator, which gives one to whoever asks: as good as bought. */
function tokenSeller(stack: Stack, portalUrl: string) {
  return async () => {
    const body = new URLSearchParams({ sitekey: stack.captcha.siteKey, hostname: new URL(portalUrl).hostname });
    const answer: unknown = await (await fetch(`${stack.captcha.url}/checkbox`, { method: 'POST', body })).json();
    const token = typeof answer === 'object' && answer !== null && 'token' in answer ? String(answer.token) : '';
    return { 'h-captcha-response': token };
  };
}

const usernames = async (api: RealmApi) =>
  (await api.get<{ username: string }[]>('/users?max=100000')).map(({ username }) => username);

async function mailsTo(stack: Stack, domain: string): Promise<number> {
  const mails = (await (await fetch(`${stack.mail.url}/api/messages`)).json()) as object[];
  return mails.filter((mail) => JSON.stringify(mail).includes(`@${domain}`)).length;
}

const PORTALS = {
  bots: { KEYCLOAK_REALM: 'bots', TRUSTED_PROXIES: '1' },
  // What the limits and the traps do alone.
  'bots-without-captcha': { KEYCLOAK_REALM: 'bots-without-captcha', TRUSTED_PROXIES: '1', CAPTCHA: 'none' },
  // Its realm is what is wanted of this one: the same, with Keycloak's own page open.
  hosted: { KEYCLOAK_REALM: 'bots-hosted' },
};

/** What came of a run against one page. */
interface Raid {
  readonly scores: Awaited<ReturnType<typeof sendBots>>;
  readonly accounts: number;
  readonly mails: number;
}

/** Sends the bots to Keycloak's own page. */
async function raidHosted(stack: Stack, api: RealmApi, count: number): Promise<Raid> {
  const { url: keycloakUrl } = stack.keycloak;
  await api.must('PUT', '', { registrationAllowed: true });
  const query = new URLSearchParams({
    client_id: 'portal',
    response_type: 'code',
    redirect_uri: `${stack.portals.hosted?.url}/api/auth/callback/keycloak`,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const url = `${keycloakUrl}/realms/bots-hosted/protocol/openid-connect/registrations?${query}`;
  const prey = { name: 'hosted', url, port: Number(new URL(keycloakUrl).port) };
  const scores = await sendBots(prey, count, 'hosted.example', async () => undefined);
  return {
    scores,
    accounts: countAccounts(scores, await usernames(api)),
    mails: await mailsTo(stack, 'hosted.example'),
  };
}

/** Sends the bots to a portal, with a person in their midst. */
async function raidPortal(stack: Stack, api: RealmApi, name: keyof typeof PORTALS, count: number) {
  const origin = stack.portals[name]?.url ?? '';
  const proxy = await startProxy(origin);
  try {
    const url = `${origin}/en/sign-up`;
    const prey = { name, url, port: proxy.port, buyToken: tokenSeller(stack, origin) };
    let took = 0;
    const scores = await sendBots(prey, count, `${name}.example`, async () => {
      took = await person(url).catch((error: unknown) => {
        say(`The person did not get through: ${error instanceof Error ? error.message : String(error)}`);
        return 0;
      });
    });
    const names = await usernames(api);
    return {
      scores,
      accounts: countAccounts(scores, names),
      mails: await mailsTo(stack, `${name}.example`),
      took,
      isPersonOk: took > 0 && names.includes('a-person'),
    };
  } finally {
    await proxy.stop();
  }
}

async function run(count: number): Promise<boolean> {
  const stack = await startStack({ name: 'bots', progress: say, portals: PORTALS, stockRealms: ['bots-hosted'] });
  stopOnSignal(() => stack.stop());
  try {
    const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
    const admin = await signInAsAdmin({ keycloakUrl, adminUsername, adminPassword });
    const hosted = await raidHosted(stack, realmApi(admin, 'bots-hosted'), count);
    const portal = await raidPortal(stack, realmApi(admin, 'bots'), 'bots', count);
    const bare = await raidPortal(stack, realmApi(admin, 'bots-without-captcha'), 'bots-without-captcha', count);
    const scores = { hosted: hosted.scores, portal: portal.scores, 'portal without CAPTCHA': bare.scores };
    for (const line of table(scores)) say(line);
    say(`Mails to bots: hosted ${hosted.mails}, portal ${portal.mails}, without CAPTCHA ${bare.mails}`);
    say(`The limits allow ${mostAccounts()} accounts from ${ADDRESSES} addresses in an hour`);
    say(`The person took ${portal.took} ms, without CAPTCHA ${bare.took} ms`);
    const isPersonOk = portal.isPersonOk && bare.isPersonOk;
    say(
      `bots: portal ${portal.accounts} accounts of ${count}, without CAPTCHA ${bare.accounts}, hosted ${hosted.accounts}, person ${isPersonOk ? 'ok' : 'kept out'}`,
    );
    return isPersonOk && Math.max(portal.accounts, bare.accounts) <= mostAccounts();
  } finally {
    await stack.stop();
  }
}

await runCommand(async () => {
  const { values } = parseArgs({
    options: { 'sign-ups': { type: 'string', default: '1000' }, help: { type: 'boolean', default: false } },
  });
  const count = wholeNumber('sign-ups', values['sign-ups']);
  if (count === 0 || count > 999_999) throw new Error('--sign-ups must be from 1 to 999999');
  if (!values.help) return run(count);
  say(USAGE);
  return true;
});
