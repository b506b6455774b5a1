import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { signInAsAdmin } from '../../keycloak/set-up-realm';
import { chromiumLaunch, ensureChromium } from '../../stack/chromium';
import { stopOnSignal } from '../../stack/processes';
import { ensureRedis, startRedis } from '../../stack/redis';
import { startStack } from '../../stack/stack';
import { runCommand, say } from '../command';
import { realmApi } from '../parity/keycloak';
import { accountsOf } from './accounts';
import { HEAD, line, type Outcome, rowsFor, runRow, verdict } from './runner';
import { planFaults, type Servers } from './world';

const USAGE = `npm run faults -- [--only TEXT]

Has a visitor meet each fault of the table on a stack of real parts, and tells what they saw and what was stored.
  --only TEXT   only rows whose fault has the text in it
`;

async function run(only: string): Promise<boolean> {
  ensureChromium();
  ensureRedis();
  const redisFolder = mkdtempSync(join(tmpdir(), 'vestibule-redis-'));
  const [redis, plan] = [await startRedis(redisFolder), await planFaults()];
  // A database that survives a server that is killed.
  const stack = await startStack({ name: 'faults', progress: say, portals: { ...plan.portals }, database: 'postgres' });
  stopOnSignal(() => stack.stop());
  const portOf = (url: string) => Number(new URL(url).port);
  const ways = await plan.open({
    keycloak: () => portOf(stack.keycloak.url),
    captcha: portOf(stack.captcha.url),
    redis: redis.port,
  });
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const { url, realm, adminUsername, adminPassword } = stack.keycloak;
    const admin = await signInAsAdmin({ keycloakUrl: url, adminUsername, adminPassword });
    const servers: Servers = {
      killKeycloak: () => stack.servers.keycloak.kill(),
      startKeycloak: () => stack.servers.keycloak.restart(),
      endPortal: async (name, signal) => (await stack.servers.portals[name]?.end(signal)) ?? 0,
      startPortal: async (name) => stack.servers.portals[name]?.restart(),
    };
    const world = {
      browser,
      ways,
      portal: (name: string) => stack.portals[name]?.url ?? '',
      mail: stack.mail,
      accounts: accountsOf(realmApi(admin, realm)),
      servers,
    };
    say(`\n${HEAD}`);
    const outcomes: Outcome[] = [];
    for (const row of rowsFor(world, false)) {
      if (!row.fault.includes(only)) continue;
      const outcome = await runRow(world, row);
      outcomes.push(outcome);
      say(line(outcome));
    }
    const { text, isGood } = verdict(outcomes);
    say(text);
    return isGood;
  } finally {
    await browser.close();
    await stack.stop();
    await plan.release();
    await redis.stop();
    rmSync(redisFolder, { recursive: true });
  }
}

await runCommand(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, help: { type: 'boolean', default: false } },
  });
  if (!values.help) return run(values.only);
  say(USAGE);
  return true;
});
