import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from '../keycloak/change-log';
import type { DemoProduct } from '../keycloak/demo-brands';
import { createDemoRealm, type DemoRealmResult } from '../keycloak/demo-realm';
import { type RunningCaptcha, startCaptcha } from './captcha/start';
import { describeFailure, Failure } from './failure';
import { makeRunFolder } from './folders';
import type { Jvm } from './keycloak/server';
import { type RunningKeycloak, startKeycloak } from './keycloak/start';
import { type RunningMail, startMail } from './mail/start';
import { buildPortal, startPortal } from './portal';
import { type ReservedPort, reservePort } from './ports';
import { startProduct } from './product';

/** The realm of every portal that names no other. */
const REALM = 'demo';

/** What to start. */
export interface StackOptions {
  /** Names the run folder, for example "demo". */
  name: string;
  progress(line: string): void;
  /**
   * Portals by name, each with its own variables on top of the usual ones; the first is the product's. A portal whose
   * KEYCLOAK_REALM is another than the demo's gets that realm made, like the demo's.
   */
  portals: Record<string, Record<string, string>>;
  /** Portals whose configuration is a file, to be changed while they run. */
  configFiles?: readonly string[];
  /** Realms that offer passkeys and an identity provider, too. */
  everyWay?: readonly string[];
  /** Realms whose pages and mails keep Keycloak's own look, as where no theme may be installed. */
  stockRealms?: readonly string[];
  /** Keycloak's database, unless STACK_KEYCLOAK_DB names one: its own file, or a PostgreSQL for this run. Default `embedded`. */
  database?: 'embedded' | 'postgres';
  /** How Keycloak's Java runs: ready soon, or as in production. Default `quick`. */
  jvm?: Jvm;
  /** Ports to take when they are free; any others otherwise. `portal` is the first portal's. */
  preferredPorts?: Partial<Record<'portal' | 'keycloak' | 'mail' | 'captcha' | 'product' | 'developers', number>>;
}

/** A running stack. Addresses have no slash at the end. */
export interface Stack {
  /** Folder with the logs. */
  folder: string;
  /** `config`: the configuration's file, where it is one. */
  portals: Record<string, { url: string; realm: string; log: string; config?: string }>;
  keycloak: {
    url: string;
    realm: string;
    adminUsername: string;
    adminPassword: string;
    log: string;
    /** Address of its PostgreSQL, where it has one. */
    postgres: string | undefined;
  };
  mail: { url: string; smtpPort: number };
  captcha: { url: string; siteKey: string; secret: string };
  product: { url: string };
  /** The second product: a portal for developers. */
  developers: { url: string };
  /** What `POST /api/realm/refresh` of every portal asks for, unless its own variables say otherwise. */
  refreshToken: string;
  /** The same for `POST /api/sweep`. */
  sweepToken: string;
  /** Keycloak's server and the portals', for whoever wants to see them end and come back. */
  servers: { keycloak: Pick<RunningKeycloak, 'kill' | 'restart'>; portals: Record<string, PortalServer> };
  /** Ends everything. */
  stop(): Promise<void>;
}

/** A portal's process. */
export interface PortalServer {
  /** Sends it a signal. @returns its exit code, once it is gone */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number>;
  /** Starts it anew, on the same port, after it has ended. */
  restart(): Promise<void>;
}

/** The variables that every portal of a stack gets; a portal's own come on top. */
function portalEnv(
  url: string,
  keycloak: RunningKeycloak,
  captcha: RunningCaptcha,
  realm: string,
  made: DemoRealmResult | undefined,
  { refreshToken, sweepToken, smtpPort }: { refreshToken: string; sweepToken: string; smtpPort: number },
) {
  return {
    PORTAL_URL: url,
    PORTAL_SECRET: randomBytes(32).toString('base64'),
    KEYCLOAK_URL: keycloak.url,
    KEYCLOAK_REALM: realm,
    KEYCLOAK_CLIENT_ID: 'portal',
    KEYCLOAK_CLIENT_SECRET: made?.clientSecret ?? '',
    KEYCLOAK_ADMIN_CLIENT_ID: 'portal-admin',
    KEYCLOAK_ADMIN_CLIENT_SECRET: made?.adminClientSecret ?? '',
    CAPTCHA: 'hcaptcha',
    HCAPTCHA_SITE_KEY: captcha.siteKey,
    HCAPTCHA_SECRET: captcha.secret,
    HCAPTCHA_SCRIPT_URL: captcha.scriptUrl,
    HCAPTCHA_VERIFY_URL: captcha.verifyUrl,
    PORTAL_CONFIG: JSON.stringify(made?.portalConfig ?? {}),
    TRUSTED_PROXIES: '0',
    REFRESH_TOKEN: refreshToken,
    SWEEP_TOKEN: sweepToken,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: 'Harbour <no-reply@harbour.example>',
  };
}

async function setUpDemoRealm(
  keycloak: RunningKeycloak,
  {
    mail,
    ...options
  }: {
    realm: string;
    portalUrls: string[];
    productUrls: Record<DemoProduct, string>;
    mail: RunningMail;
    theme: boolean;
    everyWay: boolean;
  },
): Promise<DemoRealmResult> {
  const { url: keycloakUrl, adminUsername, adminPassword } = keycloak;
  const smtp = { smtpHost: '127.0.0.1', smtpPort: mail.smtpPort };
  try {
    return await createDemoRealm({ keycloakUrl, adminUsername, adminPassword, ...smtp, ...options });
  } catch (error) {
    if (error instanceof SetUpError) throw new Failure(`Realm ${options.realm}: ${error.message}`, keycloak.log);
    throw error;
  }
}

/** Collects what has been started, so that all of it can be ended however far the start came. */
class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = [];

  /** Waits for a part and remembers how to end it. */
  async part<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const part = await starting;
    this.#steps.push(() => part.stop());
    return part;
  }

  async port(preferred?: number): Promise<number> {
    const reserved: ReservedPort = await reservePort(preferred);
    this.#steps.push(() => reserved.release());
    return reserved.port;
  }

  async run(): Promise<void> {
    await Promise.all(this.#steps.splice(0).map((step) => step()));
  }
}

/** Starts the parts that need nobody, side by side. When one fails, the others are waited for, so that none is lost. */
async function startBase(folder: string, options: StackOptions, cleanup: Cleanup) {
  const { progress, preferredPorts = {} } = options;
  const timed = async <T>(name: string, part: Promise<T>): Promise<T> => {
    const started = Date.now();
    const result = await part.catch((error: unknown) => {
      progress(`${name}: failed; waiting for the others to settle`);
      throw error;
    });
    progress(`${name}: ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  };
  const server = {
    ...(preferredPorts.keycloak === undefined ? {} : { preferredPort: preferredPorts.keycloak }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.jvm === undefined ? {} : { jvm: options.jvm }),
  };
  const ports = { http: await cleanup.port(preferredPorts.mail), smtp: await cleanup.port() };
  const captchaPort = await cleanup.port(preferredPorts.captcha);
  const parts = [
    timed('Keycloak', cleanup.part(startKeycloak({ folder, progress, ...server }))),
    timed('Mail', cleanup.part(startMail(ports))),
    timed('Captcha', cleanup.part(startCaptcha(captchaPort))),
    timed('Portal build', buildPortal(join(folder, 'build.log'), progress)),
  ] as const;
  await Promise.allSettled(parts);
  const [keycloak, mail, captcha, build]: [RunningKeycloak, RunningMail, RunningCaptcha, string] =
    await Promise.all(parts);
  return { keycloak, mail, captcha, build };
}

/**
 * Starts the whole local stack: Keycloak with the demo realm, mail catcher, captcha emulator, portals (the standalone
 * production build) and the product. All of it listens on 127.0.0.1 alone, and none of it outlives this process.
 * @param options name, portals, ports, progress
 * @returns the addresses, and how to stop
 * @throws Failure (or the error of the part) when one part fails; everything is stopped then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { progress, preferredPorts = {} } = options;
  const folder = makeRunFolder(options.name);
  progress(`Logs: ${folder}`);
  const cleanup = new Cleanup();
  const [refreshToken, sweepToken] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  try {
    const { keycloak, mail, captcha, build } = await startBase(folder, options, cleanup);
    const shared = { refreshToken, sweepToken, smtpPort: mail.smtpPort };
    const portals = await Promise.all(
      Object.entries(options.portals).map(async ([name, env], index) => {
        const port = await cleanup.port(index === 0 ? preferredPorts.portal : undefined);
        // "localhost" and not 127.0.0.1: passkeys need a name.
        const config = options.configFiles?.includes(name) ? join(folder, `portal-${name}.json`) : undefined;
        return { name, env, port, url: `http://localhost:${port}`, log: join(folder, `portal-${name}.log`), config };
      }),
    );
    const place = async (preferred: number | undefined) => {
      const port = await cleanup.port(preferred);
      return { port, url: `http://localhost:${port}` };
    };
    const products = { shop: await place(preferredPorts.product), developers: await place(preferredPorts.developers) };
    const productUrls = { shop: products.shop.url, developers: products.developers.url };
    const realmOf = (portal: { env: Record<string, string> }) => portal.env.KEYCLOAK_REALM ?? REALM;
    const realms = new Map<string, DemoRealmResult>();
    for (const realm of new Set(portals.map(realmOf))) {
      progress(`Keycloak: setting up realm ${realm}`);
      const everyWay = options.everyWay?.includes(realm) ?? false;
      const portalUrls = portals.filter((portal) => realmOf(portal) === realm).map((portal) => portal.url);
      const theme = !options.stockRealms?.includes(realm);
      realms.set(realm, await setUpDemoRealm(keycloak, { realm, portalUrls, productUrls, mail, theme, everyWay }));
    }
    const servers: Record<string, PortalServer> = {};
    for (const portal of portals) {
      progress(`Portal ${portal.name}: starting (log: ${portal.log})`);
      const realm = realmOf(portal);
      const env = {
        ...portalEnv(portal.url, keycloak, captcha, realm, realms.get(realm), shared),
        ...portal.env,
      };
      if (portal.config !== undefined) {
        writeFileSync(portal.config, `${JSON.stringify(JSON.parse(env.PORTAL_CONFIG), null, 2)}\n`);
        env.PORTAL_CONFIG = portal.config;
      }
      const start = () => startPortal({ ...portal, build, env, progress });
      let server = await start();
      await cleanup.part(Promise.resolve({ stop: () => server.stop() }));
      servers[portal.name] = {
        end: (signal) => {
          server.signal(signal);
          return server.exited;
        },
        restart: async () => {
          server = await start();
        },
      };
    }
    const portalUrl = portals[0]?.url ?? '';
    const realm = portals[0] === undefined ? REALM : realmOf(portals[0]);
    for (const product of ['shop', 'developers'] as const)
      await cleanup.part(startProduct({ product, ...products[product], keycloakUrl: keycloak.url, realm, portalUrl }));
    const { adminUsername, adminPassword, log, postgres } = keycloak;
    return {
      folder,
      portals: Object.fromEntries(
        portals.map(({ name, url, log, config, ...portal }) => [
          name,
          { url, realm: realmOf(portal), log, ...(config === undefined ? {} : { config }) },
        ]),
      ),
      keycloak: { url: keycloak.url, realm, adminUsername, adminPassword, log, postgres },
      mail: { url: mail.url, smtpPort: mail.smtpPort },
      captcha: { url: captcha.url, siteKey: captcha.siteKey, secret: captcha.secret },
      product: { url: products.shop.url },
      developers: { url: products.developers.url },
      refreshToken,
      sweepToken,
      servers: { keycloak, portals: servers },
      stop: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.run();
    // Whoever started the stack (a test runner, say) prints the message alone: the log's last lines go into it.
    throw error instanceof Failure ? new Failure(describeFailure(error)) : error;
  }
}
