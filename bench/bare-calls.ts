import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceToken } from '../e2e/service-token';
import { SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { runSql } from '../stack/postgres';
import { ask, type Reply } from './http';
import { PASSWORD } from './sides';
import type { Mode, World } from './world';

/** A token is used for so long; Keycloak's lives for five minutes (milliseconds). */
const TOKEN_MS = 60_000;

interface Client {
  readonly id: string;
}

/** A password as it is sent: as somebody types it, or hashed by whoever sends it (`CredentialRepresentation`). */
type Credential = Readonly<Record<string, string | boolean>>;

const TYPED: Credential = { type: 'password', value: PASSWORD, temporary: false };

/** What Keycloak has made of an account's password, as it would take it in place of one. */
async function hashOf({ stack }: World, id: string): Promise<Credential> {
  const { postgres = '' } = stack.keycloak;
  const log = join(stack.folder, 'hash.log');
  const json = `json_build_object('credentialData', credential_data, 'secretData', secret_data)`;
  await runSql(postgres, `select ${json} from credential where user_id = '${id}'`, log);
  const row = readFileSync(log, 'utf8')
    .split('\n')
    .find((line) => line.trim().startsWith('{'));
  return { type: 'password', temporary: false, ...(JSON.parse(row ?? '{}') as Credential) };
}

/** How a sign-up is made without a portal. */
export interface BareCalls {
  /** Makes an account, and has its mail sent. */
  signUp(person: number): Promise<void>;
  /** The same with a password that Keycloak need not hash; undefined where the mode has none on the form. */
  readonly signUpHashed: ((person: number) => Promise<void>) | undefined;
}

/**
 * What any portal has to ask of Keycloak for a sign-up, and nothing else: to make the account, and to send the mail, as the
 * portal's own service account does. No sign-up through the admin API can be faster.
 */
export async function bareCalls(world: World, mode: Mode): Promise<BareCalls> {
  const realm = world.realms[mode];
  const api = world.api(realm);
  const { url } = world.stack.keycloak;
  const [client] = await api.get<Client[]>('/clients?clientId=portal-admin');
  const { value: secret } = await api.get<{ value: string }>(`/clients/${client?.id}/client-secret`);
  let held = { token: Promise.resolve(''), since: Number.NEGATIVE_INFINITY };
  const token = () => {
    if (performance.now() - held.since > TOKEN_MS)
      held = { token: serviceToken(url, realm, secret), since: performance.now() };
    return held.token;
  };
  const call = async (method: string, path: string, body: unknown): Promise<Reply> => {
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
    const to = new URL(`${url}/admin/realms/${realm}/users/${path}`);
    const reply = await ask(to, { method, headers, body: Buffer.from(JSON.stringify(body)) });
    if (reply.status >= 300) throw new Error(`${method} ${path}: HTTP ${reply.status}`);
    return reply;
  };
  const actions = mode === 'form' ? ['VERIFY_EMAIL'] : ['VERIFY_EMAIL', 'UPDATE_PASSWORD'];
  const verified = new URL('/en/sign-up/verified', world.pages[mode].portal);
  const query = new URLSearchParams({ client_id: 'portal', redirect_uri: verified.href });
  const signUp = async (person: string, credential: Credential) => {
    const made = await call('POST', '', {
      username: `bare-${person}`,
      email: `bare-${person}@people.example`,
      firstName: 'Ann',
      lastName: 'Bench',
      attributes: { country: ['DE'], locale: ['en'] },
      enabled: true,
      emailVerified: false,
      requiredActions: actions.slice(1),
      groups: [SIGN_UP_GROUP_PATH],
      ...(mode === 'form' ? { credentials: [credential] } : {}),
    });
    const id = made.headers.location?.split('/').at(-1) ?? '';
    await call('PUT', `${id}/execute-actions-email?${query}`, actions);
    return id;
  };
  const hashed = mode === 'form' ? await hashOf(world, await signUp('first', TYPED)) : undefined;
  return {
    signUp: async (person) => void (await signUp(String(person), TYPED)),
    signUpHashed: hashed && (async (person) => void (await signUp(String(person), hashed))),
  };
}
