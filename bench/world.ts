import { type CountingProxy, startCountingProxy } from '../e2e/counting-proxy';
import { type RealmApi, realmApi } from '../e2e/parity/keycloak';
import { WITHOUT_LIMITS } from '../e2e/without-limits';
import { signInAsAdmin } from '../keycloak/set-up-realm';
import { reservePort } from '../stack/ports';
import { runSql } from '../stack/postgres';
import { type Stack, startStack } from '../stack/stack';
import { processAt } from '../stack/usage';

/** When the password is chosen: behind the mailed link, as Keycloak 26.7 does by default, or on the form. */
export const MODES = ['after-verification', 'form'] as const;
export type Mode = (typeof MODES)[number];

/** The realm of each mode: both of its pages are of the same realm, with the same fields and rules. */
const REALMS: Readonly<Record<Mode, string>> = { 'after-verification': 'bench', form: 'bench-form' };

/** The realm that grows. */
export const GROWTH_REALM = 'bench-growth';

/** Each visitor has an address of their own. */
const PORTAL = { ...WITHOUT_LIMITS, CAPTCHA: 'none', TRUSTED_PROXIES: '1' } as const;

/** The client that sends people to both pages. */
const CLIENT_ID = 'shop';

/** What the bench measures. */
export interface World {
  readonly stack: Stack;
  readonly log: string;
  api(realm: string): RealmApi;
  /** The realm of each mode. */
  readonly realms: Readonly<Record<Mode, string>>;
  /** The sign-up page of each, for whoever comes from the same client and goes on to the same address. */
  readonly pages: Readonly<Record<Mode, Readonly<Record<'hosted' | 'portal', URL>>>>;
  /** Processes by number: the portals of each mode, the one that grows, Keycloak and its database. */
  readonly pids: Readonly<Record<Mode | 'growth' | 'keycloak' | 'postgres', string>>;
  /** Portals that reach Keycloak by way of a proxy that counts. */
  readonly counted: Readonly<Record<Mode, { readonly page: URL; readonly proxy: CountingProxy }>>;
  /** Gives PostgreSQL fresh statistics: a bench fills its tables faster than its own upkeep looks at them. */
  analyze(): Promise<void>;
  stop(): Promise<void>;
}

/** A challenge of somebody who never comes back for a token (RFC 7636, appendix B). */
const CHALLENGE = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

/** Opens Keycloak's own page; the realm's registration flow takes the password on the form where the mode says so. */
async function openHosted(api: RealmApi, mode: Mode): Promise<void> {
  await api.must('PUT', '', { registrationAllowed: true, verifyEmail: true });
  if (mode !== 'form') return;
  const flow = 'registration-with-password';
  await api.must('POST', '/authentication/flows/registration/copy', { newName: flow });
  const executions = await api.get<{ id: string; providerId?: string }[]>(`/authentication/flows/${flow}/executions`);
  const password = executions.find(({ providerId }) => providerId === 'registration-password-action');
  await api.must('POST', `/authentication/executions/${password?.id}/config`, {
    alias: 'ask-for-password',
    config: { always_set_password_on_register_form: 'true' },
  });
  await api.must('PUT', '', { registrationFlow: flow });
}

/**
 * Starts a stack to be measured: Keycloak as in production, on a PostgreSQL of its own, and a portal for each mode.
 * @param progress gets a line per step
 */
export async function openWorld(progress: (line: string) => void): Promise<World> {
  const ways = { 'after-verification': await reservePort(), form: await reservePort() };
  const counting = (mode: Mode) => ({ KEYCLOAK_URL: `http://127.0.0.1:${ways[mode].port}` });
  const proxies: CountingProxy[] = [];
  const inForm = { KEYCLOAK_REALM: REALMS.form, PASSWORD_MODE: 'form' };
  const inMail = { KEYCLOAK_REALM: REALMS['after-verification'] };
  const stack = await startStack({
    name: 'bench',
    progress,
    database: 'postgres',
    jvm: 'throughput',
    stockRealms: [...Object.values(REALMS), GROWTH_REALM],
    configFiles: ['growth'],
    portals: {
      'after-verification': { ...PORTAL, ...inMail },
      form: { ...PORTAL, ...inForm },
      growth: { ...PORTAL, KEYCLOAK_REALM: GROWTH_REALM },
      'counted-after-verification': { ...PORTAL, ...inMail, ...counting('after-verification') },
      'counted-form': { ...PORTAL, ...inForm, ...counting('form') },
    },
  });
  const stop = async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await stack.stop();
    for (const way of Object.values(ways)) way.release();
  };
  try {
    const { url, adminUsername, adminPassword, postgres = '' } = stack.keycloak;
    const keycloakPort = Number(new URL(url).port);
    const admin = await signInAsAdmin({ keycloakUrl: url, adminUsername, adminPassword });
    const api = (realm: string) => realmApi(admin, realm);
    const log = `${stack.folder}/bench.log`;
    const redirect_uri = `${stack.product.url}/arrive`;
    const signUpPage = (portal: string) =>
      new URL(
        `${stack.portals[portal]?.url}/en/sign-up?${new URLSearchParams({ client_id: CLIENT_ID, redirect_uri })}`,
      );
    const pageOf = async (mode: Mode) => {
      await openHosted(api(REALMS[mode]), mode);
      const asked = { client_id: CLIENT_ID, response_type: 'code', redirect_uri, scope: 'openid', ...CHALLENGE };
      const path = `/realms/${REALMS[mode]}/protocol/openid-connect/registrations?${new URLSearchParams(asked)}`;
      return { hosted: new URL(`${url}${path}`), portal: signUpPage(mode) };
    };
    const countedOf = async (mode: Mode) => {
      const proxy = await startCountingProxy(ways[mode].port, keycloakPort);
      proxies.push(proxy);
      return { page: signUpPage(`counted-${mode}`), proxy };
    };
    const portalPid = (name: string) => processAt(Number(new URL(stack.portals[name]?.url ?? '').port));
    return {
      stack,
      log,
      api,
      realms: REALMS,
      pages: { 'after-verification': await pageOf('after-verification'), form: await pageOf('form') },
      pids: {
        'after-verification': portalPid('after-verification'),
        form: portalPid('form'),
        growth: portalPid('growth'),
        keycloak: processAt(keycloakPort),
        postgres: processAt(Number(new URL(postgres).port)),
      },
      counted: { 'after-verification': await countedOf('after-verification'), form: await countedOf('form') },
      analyze: () => runSql(postgres, 'vacuum analyze', log),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
