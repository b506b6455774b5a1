import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../stack/failure';
import { reservePort } from '../stack/ports';
import { ensureRedis, startRedis } from '../stack/redis';
import { startStack } from '../stack/stack';
import { newestBuild } from './build';
import { CAPTCHA_PORTALS } from './captcha-portals';
import { type FaultPortal, planFaults } from './faults/world';
import { fuzzPortal } from './fuzz/portals';
import { PARITY_PORTAL, PARITY_REALM, parityPortal } from './parity/bench';
import { BRANDS } from './portal-config';
import { RULES_PORTAL, startRulesPortal } from './rules-portal';
import { SEEING, seeingPortal } from './seeing-portal';
import { CSP_REPORTS, type RunningStack, STOCK_REALM } from './stack';
import { tracesOf } from './traces';

/** Each visitor has an address of their own, and no inbox fills up. */
const KNOWN_PORTAL = {
  KEYCLOAK_REALM: 'known',
  CAPTCHA: 'none',
  SIGN_UPS_PER_HOUR: '100000',
  MAILS_PER_HOUR: '100000',
  TRUSTED_PROXIES: '1',
};

/** The secret of the portal `known` before it was changed, and after. */
const [SECRET_BEFORE, SECRET_AFTER] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

/** Two of these count together, as instances of one portal do: their secret is one, too. */
const sharedPortal = (redisPort: number) => ({
  PORTAL_SECRET: SECRET_BEFORE,
  CAPTCHA: 'none',
  TRUSTED_PROXIES: '1',
  ACCOUNTS_PER_HOUR: '5',
  REDIS_URL: `redis://127.0.0.1:${redisPort}`,
});

/** Tests fill a form in faster than people do, and all from one address, except where that is what they are about. */
const TESTERS = { LEAST_FILL_SECONDS: '0', ACCOUNTS_PER_HOUR: '100000' };

function forTesters(portals: Record<string, Record<string, string>>) {
  return Object.fromEntries(Object.entries(portals).map(([name, env]) => [name, { ...TESTERS, ...env }]));
}

/** The portals of the fault table's short form, in a realm in which accounts can be counted. */
function shortFaults(portals: Readonly<Record<FaultPortal, Record<string, string>>>) {
  const names = ['faults', 'faults-captcha', 'faults-redis'] as const;
  return Object.fromEntries(names.map((name) => [name, { ...portals[name], KEYCLOAK_REALM: 'faults' }]));
}

/** Starts the real thing once for all journeys; the returned function stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const [relay, tls] = [await reservePort(), await reservePort()];
  ensureRedis();
  const redisFolder = mkdtempSync(join(tmpdir(), 'vestibule-redis-'));
  const redis = await startRedis(redisFolder);
  const redisRelay = await reservePort();
  // Where an application shows the portal in a frame, as `examples/portal.json` allows one: another site than the portal's,
  // which a mere other port would not be.
  const host = await reservePort();
  const seeing = await reservePort();
  const rules = await startRulesPortal();
  const faults = await planFaults();
  const hostUrl = `http://shop.localhost:${host.port}`;
  const framed = readFileSync(new URL('../examples/portal.json', import.meta.url), 'utf8').replace(
    'https://shop.example.com',
    hostUrl,
  );
  const stack = await startStack({
    name: 'e2e',
    progress: (line) => process.stdout.write(`${line}\n`),
    // Both ways have to work: with the theme, and where none may be installed.
    stockRealms: [STOCK_REALM, PARITY_REALM],
    portals: forTesters({
      main: { SIGN_UPS_PER_HOUR: '1000' },
      form: { SIGN_UPS_PER_HOUR: '1000', CAPTCHA: 'none', PASSWORD_MODE: 'form' },
      invisible: { SIGN_UPS_PER_HOUR: '1000', HCAPTCHA_SIZE: 'invisible' },
      // A portal whose Keycloak has never been there; the port is the discard service's, where nobody listens.
      away: { KEYCLOAK_URL: 'http://127.0.0.1:9', CAPTCHA: 'none' },
      // Its Keycloak is there as long as a test lets it be (relay.ts).
      'cut-off': {
        KEYCLOAK_URL: `http://127.0.0.1:${relay.port}`,
        SIGN_UPS_PER_HOUR: '1000',
        CAPTCHA: 'none',
        PASSWORD_MODE: 'form',
      },
      strict: { SIGN_UPS_PER_HOUR: '2', CAPTCHA: 'none', PASSWORD_MODE: 'form', REFRESH_TOKEN: '', SWEEP_TOKEN: '' },
      // Every way to a credential, by the client that sends the visitor.
      ways: {
        KEYCLOAK_REALM: 'ways',
        CAPTCHA: 'none',
        SIGN_UPS_PER_HOUR: '1000',
        PORTAL_CONFIG: JSON.stringify({
          clients: {
            shop: { name: 'Harbour Shop', passwordMode: 'passkey' },
            vault: { extraActions: ['CONFIGURE_TOTP'] },
          },
        }),
      },
      // Who is there already, in a realm that is swept; two instances of one portal, the second with the secret changed.
      known: { ...KNOWN_PORTAL, PORTAL_SECRET: SECRET_BEFORE },
      'known-too': { ...KNOWN_PORTAL, PORTAL_SECRET: SECRET_AFTER, PORTAL_SECRET_PREVIOUS: SECRET_BEFORE },
      // Its address is one with https, where a test puts a proxy (tls.ts).
      secure: { ...KNOWN_PORTAL, PORTAL_URL: `https://localhost:${tls.port}`, CSP_REPORT_URI: CSP_REPORTS },
      // Its realm is changed, and made unreadable, under its feet.
      changes: { KEYCLOAK_REALM: STOCK_REALM, CAPTCHA: 'none', PASSWORD_MODE: 'form' },
      // Each visitor of this one has an address of their own, so that one test does not use up another's limits. Who comes
      // from the shop chooses the password on the form.
      journey: {
        SIGN_UPS_PER_HOUR: '1000',
        CAPTCHA: 'none',
        TRUSTED_PROXIES: '1',
        // No mail of the portal's own.
        SMTP_URL: '',
        MAIL_FROM: '',
        PORTAL_CONFIG: JSON.stringify({ clients: { shop: { name: 'Harbour Shop', passwordMode: 'form' } } }),
      },
      // The demo's two products, with the configuration as a file that is changed while the portal runs.
      [BRANDS]: { KEYCLOAK_REALM: BRANDS, SIGN_UPS_PER_HOUR: '1000', CAPTCHA: 'none', PASSWORD_MODE: 'form' },
      // Reached from applications: by link, in Keycloak's place, from Keycloak's login page; the other in a frame.
      placement: { KEYCLOAK_REALM: 'placement', SIGN_UPS_PER_HOUR: '1000', CAPTCHA: 'none', PASSWORD_MODE: 'form' },
      framed: { KEYCLOAK_REALM: 'placement', SIGN_UPS_PER_HOUR: '1000', PASSWORD_MODE: 'form', PORTAL_CONFIG: framed },
      ...CAPTCHA_PORTALS,
      [PARITY_PORTAL]: parityPortal(),
      // The limits as they are by default. Their Redis is there as long as a test lets it be (relay.ts).
      shared: sharedPortal(redisRelay.port),
      'shared-too': sharedPortal(redisRelay.port),
      crowded: { CAPTCHA: 'none', TRUSTED_PROXIES: '1', CLIENT_SIGN_UPS_PER_MINUTE: '2' },
      // Nobody fills in a form that fast.
      paced: { LEAST_FILL_SECONDS: '8', SIGN_UPS_PER_HOUR: '1000' },
      'paced-plain': {
        LEAST_FILL_SECONDS: '8',
        SIGN_UPS_PER_HOUR: '1000',
        CAPTCHA: 'none',
        TRUSTED_PROXIES: '1',
      },
      // What the portal refuses beyond Keycloak; and the same with nobody to ask about leaked passwords.
      [RULES_PORTAL]: rules.env,
      'rules-deaf': rules.deaf,
      [SEEING]: seeingPortal(seeing.port),
      fuzz: fuzzPortal('form', 'fuzz'),
      ...shortFaults(faults.portals),
    }),
    configFiles: [BRANDS],
    everyWay: ['ways'],
  });
  const { stop, servers: _ours, ...addresses } = stack;
  // Workers are other processes; what they need to know goes along as text.
  const running: RunningStack = {
    ...addresses,
    relayPort: relay.port,
    redis: { port: redis.port, relayPort: redisRelay.port },
    host: { url: hostUrl, port: host.port },
    seeing: { port: seeing.port },
    disposableFile: rules.file,
    tlsPort: tls.port,
    faultPorts: faults.ports,
  };
  process.env.E2E_STACK = JSON.stringify(running);
  return async () => {
    await stop();
    await redis.stop();
    rmSync(redisFolder, { recursive: true });
    redisRelay.release();
    await rules.stop();
    await faults.release();
    relay.release();
    tls.release();
    host.release();
    seeing.release();
    const traces = tracesOf(stack.folder, newestBuild());
    if (traces.length > 0) throw new Failure(`What was typed was found again:\n${traces.join('\n')}`);
  };
}
