import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { runSql } from '../stack/postgres';
import { ask, type Reply } from './http';
import type { Mode, World } from './world';

/** A token is used for so long; Keycloak's lives for five minutes (milliseconds). */
const TOKEN_MS = 60_000;

interface Client {
  readonly id: string;
}

/** A password as it is sent: as somebody types it, or hashed by whoever sends it (`CredentialRepresentation`). */
type Credential = Readonly<Record<string, string | boolean>>;

const TYPED: Credential = { type: 'password', value: 'Harbour-light-42', temporary: false };

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
  /** The same with a password that Keycloak need not hash; as it was typed where the mode has none on the form. */
  signUpHashed(person: number): Promise<void>;
}

/**
 * What any portal has to ask of Keycloak for a sign-up, and nothing else: to make the account, and to send the mail, as the
 * portal's own service account does. No sign-up through the admin API can be faster.
 */
export async function bareCalls(world: World, mode: Mode): Promise<BareCalls> {
  const api = world.api(world.realms[mode]);
  const { url } = world.stack.keycloak;
  const [client] = await api.get<Client[]>('/clients?clientId=portal-admin');
  const { value: secret } = await api.get<{ value: string }>(`/clients/${client?.id}/client-secret`);
  const realm = world.realms[mode];
  let held = { token: Promise.resolve(''), since: Number.NEGATIVE_INFINITY };
  const fetchToken = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'portal-admin',
      client_secret: secret,
    });
    const answer = await fetch(`${url}/realms/${realm}/protocol/openid-connect/token`, { method: 'POST', body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const token = () => {
    if (performance.now() - held.since > TOKEN_MS) held = { token: fetchToken(), since: performance.now() };
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
  const first = await signUp('first', TYPED);
  const hashed = mode === 'form' ? await hashOf(world, first) : TYPED;
  return {
    signUp: async (person) => void (await signUp(String(person), TYPED)),
    signUpHashed: async (person) => void (await signUp(String(person), hashed)),
  };
}
