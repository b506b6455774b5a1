import { readFileSync } from 'node:fs';
import { reservePort } from '../stack/ports';
import { startStack } from '../stack/stack';
import { fuzzPortal } from './fuzz/portals';
import { PARITY_PORTAL, PARITY_REALM, parityPortal } from './parity/bench';
import { BRANDS } from './portal-config';
import { type RunningStack, STOCK_REALM } from './stack';

/** Each visitor has an address of their own, and no inbox fills up. */
const KNOWN_PORTAL = {
  KEYCLOAK_REALM: 'known',
  CAPTCHA: 'none',
  SIGN_UPS_PER_HOUR: '100000',
  MAILS_PER_HOUR: '100000',
  TRUSTED_PROXIES: '1',
};

/** Starts the real thing once for all journeys; the returned function stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const relay = await reservePort();
  // Where an application shows the portal in a frame, as `examples/portal.json` allows one: another site than the portal's,
  // which a mere other port would not be.
  const host = await reservePort();
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
    portals: {
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
      // Who is there already, in a realm that is swept; two instances of one portal.
      known: KNOWN_PORTAL,
      'known-too': KNOWN_PORTAL,
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
      [PARITY_PORTAL]: parityPortal(),
      fuzz: fuzzPortal('form', 'fuzz'),
    },
    configFiles: [BRANDS],
    everyWay: ['ways'],
  });
  const { stop, ...addresses } = stack;
  // Workers are other processes; what they need to know goes along as text.
  const running: RunningStack = { ...addresses, relayPort: relay.port, host: { url: hostUrl, port: host.port } };
  process.env.E2E_STACK = JSON.stringify(running);
  return async () => {
    await stop();
    relay.release();
    host.release();
  };
}
