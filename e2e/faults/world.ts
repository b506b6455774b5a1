import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { type ReservedPort, reservePort } from '../../stack/ports';
import { openRelay } from '../relay';
import { WITHOUT_LIMITS } from '../without-limits';
import { FaultyWay } from './proxy';

/** The portals of the fault table, by what they are for. */
export type FaultPortal =
  | 'faults'
  | 'faults-form'
  | 'faults-captcha'
  | 'faults-redis'
  | 'faults-ahead'
  | 'faults-behind';

/** How long the portals wait for Keycloak, and for the CAPTCHA, in milliseconds. */
const KEYCLOAK_MS = 3_000;
const CAPTCHA_MS = 2_000;

/** How far the clocks of two portals are off, in minutes. */
const SKEW_MINUTES = 4;

/** The ways on which faults happen. */
export interface Ways {
  readonly keycloak: FaultyWay;
  readonly captcha: FaultyWay;
  /** To Redis: there, silent or gone. */
  readonly redis: (state: 'there' | 'silent' | 'gone') => Promise<void>;
}

/** Where the portals look for their servers. */
export interface FaultPorts {
  readonly keycloak: number;
  readonly captcha: number;
  readonly redis: number;
}

/** What a part of the stack is told before there is a stack. */
export interface Plan {
  /** Portals by name with their variables; the secrets that they share are their stack's. */
  readonly portals: Readonly<Record<FaultPortal, Record<string, string>>>;
  /** Opens the ways, once it is known where they lead. */
  open(ports: { keycloak: () => number; captcha: number; redis: number }): Promise<Ways>;
  /** What another process needs to open them. */
  readonly ports: FaultPorts;
  release(): Promise<void>;
}

const CLOCK = new URL('./clock.mjs', import.meta.url).href;

const skewed = (minutes: number) => ({ NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_OFF_BY_MINUTES: String(minutes) });

/** Opens the ways of the fault table on ports that were reserved for them. */
export async function openWays(
  ports: FaultPorts,
  targets: { keycloak: () => number; captcha: number; redis: number },
): Promise<Ways & { close(): Promise<void> }> {
  const keycloak = new FaultyWay(ports.keycloak, targets.keycloak);
  const captcha = new FaultyWay(ports.captcha, () => targets.captcha);
  await Promise.all([keycloak.open(), captcha.open()]);
  let relay: Awaited<ReturnType<typeof openRelay>> | undefined = await openRelay(ports.redis, targets.redis);
  const redis: Ways['redis'] = async (state) => {
    await relay?.cut();
    relay = undefined;
    if (state !== 'gone') relay = await openRelay(ports.redis, state === 'there' ? targets.redis : 'silence');
  };
  return {
    keycloak,
    captcha,
    redis,
    async close() {
      await Promise.all([keycloak.close(), captcha.close(), relay?.cut()]);
    },
  };
}

/** Reserves what the portals of the fault table need to be told. */
export async function planFaults(): Promise<Plan> {
  const reserved: readonly ReservedPort[] = await Promise.all([reservePort(), reservePort(), reservePort()]);
  const [keycloak = 0, captcha = 0, redis = 0] = reserved.map(({ port }) => port);
  const cache = mkdtempSync(join(tmpdir(), 'vestibule-realm-'));
  const common = {
    ...WITHOUT_LIMITS,
    KEYCLOAK_URL: `http://localhost:${keycloak}`,
    KEYCLOAK_TIMEOUT_MS: String(KEYCLOAK_MS),
    CAPTCHA: 'none',
    REALM_CACHE: cache,
  };
  let ways: Awaited<ReturnType<typeof openWays>> | undefined;
  return {
    ports: { keycloak, captcha, redis },
    portals: {
      faults: common,
      'faults-form': { ...common, PASSWORD_MODE: 'form' },
      'faults-captcha': {
        ...common,
        CAPTCHA: 'hcaptcha',
        HCAPTCHA_VERIFY_URL: `http://127.0.0.1:${captcha}/siteverify`,
        HCAPTCHA_TIMEOUT_MS: String(CAPTCHA_MS),
      },
      'faults-redis': { ...common, REDIS_URL: `redis://127.0.0.1:${redis}` },
      'faults-ahead': { ...common, ...skewed(SKEW_MINUTES) },
      'faults-behind': { ...common, ...skewed(-SKEW_MINUTES) },
    },
    async open(targets) {
      ways = await openWays({ keycloak, captcha, redis }, targets);
      return ways;
    },
    async release() {
      await ways?.close();
      for (const one of reserved) one.release();
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

/** What the rows of the fault table can reach. */
export interface World {
  readonly browser: Browser;
  readonly ways: Ways;
  portal(name: FaultPortal): string;
  mail: { readonly url: string };
  /** Keycloak itself, past the faulty way. */
  readonly accounts: Accounts;
  /** Undefined where the servers are another process's. */
  readonly servers: Servers | undefined;
}

/** What is stored. */
export interface Accounts {
  /** @returns how many accounts there are; undefined when Keycloak can't be asked */
  count(): Promise<number | undefined>;
  find(email: string): Promise<readonly { readonly id: string; readonly emailVerified: boolean }[]>;
  /** Makes somebody else's account. */
  make(email: string): Promise<void>;
}

/** Servers that end and come back. */
export interface Servers {
  killKeycloak(): Promise<void>;
  startKeycloak(): Promise<void>;
  endPortal(name: FaultPortal, signal: 'SIGTERM' | 'SIGKILL'): Promise<number>;
  startPortal(name: FaultPortal): Promise<void>;
}
