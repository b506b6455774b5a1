import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { signInAsAdmin } from '../../keycloak/set-up-realm';
import { stopOnSignal } from '../../stack/processes';
import { ensureRedis, startRedis } from '../../stack/redis';
import { type Stack, startStack } from '../../stack/stack';
import { processAt, usageOf } from '../../stack/usage';
import { runCommand, say, wholeNumber } from '../command';
import { realmApi } from '../parity/keycloak';
import { until } from '../until';
import { comeAlong, type Fate, PATIENCE_MS } from './visitor';

const USAGE = `npm run burst -- [--sign-ups N] [--replicas N] [--crash]

Sends a crowd at once to a portal, or to several with one Redis and Keycloak on PostgreSQL, twice, and counts what came of the
second one.
  --sign-ups N   how many people (500)
  --replicas N   how many portals (1)
  --crash        kills a portal and Keycloak in the middle of the second, and starts them again
`;

/** The portals decide by what they can bear; their limits on people are not what this is about. */
const PORTAL = {
  CAPTCHA: 'none',
  TRUSTED_PROXIES: '1',
  SIGN_UPS_PER_MINUTE: '100000',
  CLIENT_SIGN_UPS_PER_MINUTE: '100000',
  LEAST_FILL_SECONDS: '0',
};

const SECRET = 'one-secret-for-all-portals-of-this-burst';

/** What is tidied up after the last answer may take so long (milliseconds). */
const TIDY_MS = 30_000;

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

/** People's addresses: each has a network of their own. */
const addressOf = (number: number) => `2001:db8:${(number >> 8).toString(16)}:${(number & 0xff).toString(16)}::1`;

interface Wanted {
  readonly count: number;
  readonly replicas: number;
  readonly isCrashed: boolean;
}

/** Ends a portal and Keycloak as crashes do, one after the other, once a part of the people have been accepted. */
async function crash(stack: Stack, accepted: () => number, { count, replicas }: Wanted): Promise<void> {
  const reached = (share: number) =>
    until(accepted, (soFar) => soFar >= count * share, { within: PATIENCE_MS, every: 50 });
  await reached(0.2);
  const name = `burst-${replicas}`;
  await stack.servers.portals[name]?.end('SIGKILL');
  say(`${accepted()} accepted: portal ${replicas} is killed`);
  await reached(0.4);
  await stack.servers.keycloak.kill();
  say(`${accepted()} accepted: Keycloak is killed`);
  await stack.servers.keycloak.restart();
  say('Keycloak is back');
  await stack.servers.portals[name]?.restart();
  say(`Portal ${replicas} is back`);
}

/** Everybody at once. @param onAccepted called for each who was */
async function crowd(origins: readonly string[], count: number, name: string, onAccepted: () => void) {
  const started = Date.now();
  const fates: Fate[] = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const fate = await comeAlong(origins, `${name}-${index}@burst.example`, addressOf(index));
      if (fate.isAccepted) onAccepted();
      return fate;
    }),
  );
  return { fates, took: Date.now() - started };
}

async function burst(wanted: Wanted): Promise<boolean> {
  const { count, replicas, isCrashed } = wanted;
  ensureRedis();
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-redis-'));
  const redis = await startRedis(folder);
  const shared = { ...PORTAL, PORTAL_SECRET: SECRET, REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const names = Array.from({ length: replicas }, (_, index) => `burst-${index + 1}`);
  const portals = Object.fromEntries(names.map((name) => [name, replicas > 1 ? shared : PORTAL]));
  const stack = await startStack({ name: 'burst', progress: say, portals, database: 'postgres' });
  stopOnSignal(() => stack.stop());
  try {
    const { url, realm, adminUsername, adminPassword } = stack.keycloak;
    const api = realmApi(await signInAsAdmin({ keycloakUrl: url, adminUsername, adminPassword }), realm);
    const origins = names.map((name) => stack.portals[name]?.url ?? '');
    const memory = () => origins.map((origin) => usageOf(processAt(Number(new URL(origin).port))).memory);
    // Once before, so that what is measured is not the first use of everything.
    for (const [index, origin] of origins.entries())
      await comeAlong([origin], `nobody-${index}@burst.example`, addressOf(60_000 + index));
    const before = memory();
    // The first crowd makes the process as large as a crowd makes it; the second one shows whether it stays so.
    const calm = await crowd(origins, count, 'first', () => undefined);
    const between = memory();
    const usersBefore = await api.get<number>('/users/count');
    say(
      `${count} people came at once, and ${calm.fates.filter(({ isAccepted }) => isAccepted).length} were accepted; now as many again`,
    );
    let accepted = 0;
    const crashed = isCrashed ? crash(stack, () => accepted, wanted) : undefined;
    const { fates, took } = await crowd(origins, count, 'person', () => {
      accepted += 1;
    });
    await crashed;
    const right = await signInAsAdmin({ keycloakUrl: url, adminUsername, adminPassword });
    return await tell(fates, {
      api: realmApi(right, realm),
      stack,
      took,
      usersBefore,
      memory: [before, between, memory()],
    });
  } finally {
    await stack.stop();
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Facts {
  readonly api: ReturnType<typeof realmApi>;
  readonly stack: Stack;
  readonly took: number;
  readonly usersBefore: number;
  /** Of each portal in bytes: before, after the first crowd, after the second. */
  readonly memory: readonly (readonly number[])[];
}

async function tell(fates: readonly Fate[], { api, stack, took, usersBefore, memory }: Facts): Promise<boolean> {
  const made = async () => (await api.get<number>('/users/count')) - usersBefore;
  const all = await until(made, (count) => count <= fates.length, { within: TIDY_MS, every: 500 });
  const users = await api.get<{ email?: string }[]>('/users?max=100000');
  const stored = new Set(users.map(({ email }) => email));
  const mails = (await (await fetch(`${stack.mail.url}/api/messages`)).json()) as object[];
  const mailed = new Set(mails.flatMap((mail) => JSON.stringify(mail).match(/person-\d+@burst\.example/) ?? []));
  const accepted = fates.filter(({ isAccepted }) => isAccepted);
  const lost = accepted.filter(({ email }) => !stored.has(email) || !mailed.has(email));
  // Set aside for a newer sign-up, or made to have Keycloak judge values, and not removed because somebody was killed: nobody
  // can sign in with one, and the next sweep removes it.
  const leftOver = users.filter(({ email = '' }) => email.endsWith('.invalid')).length;
  const doubled = all - leftOver - fates.filter(({ email }) => stored.has(email)).length;
  const sorted = accepted.map(({ took: one }) => one).toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.round((sorted[Math.floor(sorted.length * share)] ?? sorted.at(-1) ?? 0) / 100) / 10;
  const sum = (of: (fate: Fate) => number) => fates.reduce((total, fate) => total + of(fate), 0);
  const deadEnds = fates.flatMap((fate) => fate.deadEnds);
  say(
    `\nAll had their answer after ${(took / 1_000).toFixed(1)} s; half after ${at(0.5)} s, 99 of 100 after ${at(0.99)} s`,
  );
  say(`Asked to come back ${sum(({ refused }) => refused)} times, cut off ${sum(({ cutOff }) => cutOff)} times`);
  if (deadEnds.length > 0) say(`Answers without a way on: ${[...new Set(deadEnds)].join(', ')}`);
  say(`Mails to ${mailed.size} addresses; ${leftOver} accounts left over for the sweep`);
  const [before = [], between = [], after = []] = memory;
  const list = (values: readonly number[]) => values.map(megabytes).join(', ');
  say(
    `Memory of the portals: before ${list(before)}; after the first crowd ${list(between)}; after the second ${list(after)}`,
  );
  const gaveUp = fates.length - accepted.length;
  say(
    `burst: ${fates.length} sign-ups, ${accepted.length} accounts, ${lost.length} lost, ${doubled} doubled, ${deadEnds.length + gaveUp} dead ends, refused with a way on ${sum(({ refused }) => refused)}`,
  );
  return gaveUp + lost.length + doubled + deadEnds.length === 0;
}

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      'sign-ups': { type: 'string', default: '500' },
      replicas: { type: 'string', default: '1' },
      crash: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const [count, replicas] = [wholeNumber('sign-ups', values['sign-ups']), wholeNumber('replicas', values.replicas)];
  if (count === 0 || replicas === 0) throw new Error('--sign-ups and --replicas must be at least 1');
  if (values.crash && replicas < 2) throw new Error('--crash needs --replicas 2: with one portal nobody is left');
  return burst({ count, replicas, isCrashed: values.crash });
});
