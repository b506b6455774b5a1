import { CLIENT_NAMES, clientId, LOCALES, ownScopesOf, type World } from './case';
import { FALLBACK_TEXTS, OWN_MESSAGE, REALM_TEXTS } from './generate-profile';
import type { RealmApi } from './keycloak';
import { settingsOf } from './settings';

/** Those who are there before anyone signs up; the second has an e-mail address for a username. */
const FIXED_USERS = [
  { username: 'taken', email: 'taken@example.com' },
  { username: 'crossed@example.com', email: 'other@example.com' },
  { username: 'größe', email: 'size@example.com' },
] as const;

/** @returns whether somebody who is there already has this name or address, in any case */
export function isTakenName(text: string): boolean {
  return FIXED_USERS.some((user) => [user.username, user.email].some((name) => name === text.toLowerCase()));
}

/** Where the clients' visitors would go on to; nobody listens there. */
export const REDIRECT_URI = 'http://localhost:9/done';

/** Keycloak's flow as it comes, and a copy that asks for the password on the form whatever `verifyEmail` says. */
const FLOWS = { 'after-verification': 'registration', form: 'registration-with-password' } as const;

/** The messages about input: what the bench compares. Both pages show the realm's own texts, so these are its keys. */
const ABOUT_INPUT = /^(error-|missing|invalid|username\w*Message|email\w*Message|updateReadOnly|readOnly)/;

/** A message that Keycloak has, and its login theme has no words for. */
const UNWORDED = 'updateReadOnlyAttributesRejectedMessage';

/** A text that says which message it is, and its parameters; only those after the field's name, which each page words. */
function marker(locale: string, key: string): string {
  // Its second parameter is what Java's parser has to say about the value.
  if (key === 'error-invalid-uri') return `[[${locale}:${key}|{1}]]`;
  return key.startsWith('invalidPassword') ? `[[${locale}:${key}|{0}]]` : `[[${locale}:${key}|{1}|{2}|{3}]]`;
}

interface ThemeText {
  key: string;
  value: string;
}

async function setTexts(api: RealmApi, themeTexts: readonly ThemeText[]): Promise<void> {
  const keys = themeTexts.map(({ key }) => key).filter((key) => ABOUT_INPUT.test(key));
  for (const locale of LOCALES) {
    const markers = [...keys, OWN_MESSAGE, UNWORDED].map((key) => [key, marker(locale, key)]);
    const own = Object.entries(REALM_TEXTS).map(([key, text]) => [key, `${text} (${locale})`]);
    await api.must('POST', `/localization/${locale}`, Object.fromEntries([...own, ...markers]));
  }
  await api.must('POST', '/localization/de', FALLBACK_TEXTS);
}

async function makeScopesAndClients(api: RealmApi): Promise<void> {
  for (const name of ['alpha', 'beta', 'gamma']) {
    await api.must('POST', '/client-scopes', { name, protocol: 'openid-connect' });
  }
  const ids = new Map(
    (await api.get<{ id: string; name: string }[]>('/client-scopes')).map(({ id, name }) => [name, id]),
  );
  for (const client of CLIENT_NAMES) {
    for (const mode of ['form', 'after-verification'] as const) {
      const name = clientId(client, mode);
      await api.must('POST', '/clients', { clientId: name, publicClient: true, redirectUris: [REDIRECT_URI] });
      const [made] = await api.get<{ id: string }[]>(`/clients?clientId=${name}`);
      const own = ownScopesOf(client);
      for (const kind of ['default', 'optional'] as const) {
        for (const scope of own[kind]) {
          await api.must('PUT', `/clients/${made?.id}/${kind}-client-scopes/${ids.get(scope)}`);
        }
      }
    }
  }
}

interface Execution {
  id: string;
  providerId?: string;
  displayName: string;
}

async function makeFlow(api: RealmApi): Promise<void> {
  await api.must('POST', '/authentication/flows/registration/copy', { newName: FLOWS.form });
  const executions = await api.get<Execution[]>(`/authentication/flows/${FLOWS.form}/executions`);
  const password = executions.find(({ providerId }) => providerId === 'registration-password-action');
  await api.must('POST', `/authentication/executions/${password?.id}/config`, {
    alias: 'ask-for-password',
    config: { always_set_password_on_register_form: 'true' },
  });
}

async function makeUsers(api: RealmApi): Promise<void> {
  await api.must('POST', '/groups', { name: 'everyone' });
  const [group] = await api.get<{ id: string }[]>('/groups?search=everyone');
  await api.must('PUT', `/default-groups/${group?.id}`);
  for (const user of FIXED_USERS) await api.must('POST', '/users', { ...user, enabled: true });
}

/**
 * Makes what no case changes, once for a realm: scopes, clients, a flow with the password on the form, users who are
 * there already, a default group, and texts that name their message.
 *
 * @returns the ids of those users
 */
export async function prepareRealm(api: RealmApi, themeTexts: readonly ThemeText[]): Promise<ReadonlySet<string>> {
  const flows = await api.get<{ alias: string }[]>('/authentication/flows');
  if (!flows.some(({ alias }) => alias === FLOWS.form)) {
    await setTexts(api, themeTexts);
    await makeScopesAndClients(api);
    await makeUsers(api);
    await makeFlow(api);
  }
  const users = await api.get<{ id: string }[]>('/users');
  return new Set(users.map(({ id }) => id));
}

/** What the realm is now, as far as the bench has set it. */
export interface RealmState {
  world?: string;
  defaultAction?: boolean;
  flow?: string;
}

/** A profile or a policy that Keycloak itself refuses to have is no case. */
export class RefusedWorld extends Error {
  override readonly name = 'RefusedWorld';
}

async function setDefaultAction(api: RealmApi, state: RealmState, wanted: boolean): Promise<void> {
  if (state.defaultAction === wanted) return;
  const alias = 'TERMS_AND_CONDITIONS';
  const action = await api.get<object>(`/authentication/required-actions/${alias}`);
  await api.must('PUT', `/authentication/required-actions/${alias}`, {
    ...action,
    enabled: wanted,
    defaultAction: wanted,
  });
  state.defaultAction = wanted;
}

/**
 * Turns the realm into the world of a case.
 * @param state what it is now; changed along
 * @param smtpPort where the stack's mail server listens
 * @returns whether anything that a portal keeps has changed
 * @throws RefusedWorld where Keycloak does not take the profile or the policy
 */
export async function applyWorld(
  api: RealmApi,
  state: RealmState,
  world: World,
  passwordMode: keyof typeof FLOWS,
  smtpPort: number,
): Promise<boolean> {
  const key = JSON.stringify(world);
  const flow = FLOWS[passwordMode];
  if (state.world === key && state.flow === flow) return false;
  const settings = settingsOf(world);
  const isKnown = state.world === key;
  delete state.world;
  const realm = {
    registrationAllowed: true,
    // Without it the hosted page of today asks for the password at once.
    verifyEmail: passwordMode === 'after-verification',
    registrationFlow: flow,
    registrationEmailAsUsername: settings.registrationEmailAsUsername,
    loginWithEmailAllowed: settings.loginWithEmailAllowed,
    duplicateEmailsAllowed: settings.duplicateEmailsAllowed,
    internationalizationEnabled: settings.internationalizationEnabled,
    supportedLocales: world.supportedLocales,
    defaultLocale: world.defaultLocale,
    editUsernameAllowed: world.editUsername,
    passwordPolicy: settings.passwordPolicy,
    smtpServer:
      world.smtp === 'none'
        ? {}
        : {
            host: '127.0.0.1',
            port: String(smtpPort),
            from: 'hello@parity.example',
            ...(world.smtp === 'utf8' ? { allowutf8: 'true' } : {}),
          },
  };
  const set = await api.send('PUT', '', realm);
  if (set.status === 400) throw new RefusedWorld(set.body);
  if (set.status !== 204) throw new Error(`The realm was not changed: HTTP ${set.status} ${set.body}`);
  if (!isKnown) {
    const answer = await api.send('PUT', '/users/profile', world.profile);
    if (answer.status !== 200) throw new RefusedWorld(answer.body);
    await setDefaultAction(api, state, world.defaultAction);
  }
  state.world = key;
  state.flow = flow;
  return !isKnown;
}
