import { isWhitespace } from '../../lib/profile/java-text';
import type { ParityCase } from './case';
import type { RealmApi } from './keycloak';
import { keyOf, messagesIn, type Side } from './outcome';

/** Messages that only the context of a visitor has: the admin API can't confirm them. */
const OF_VISITORS = [
  'error-user-attribute-required',
  'missingEmailMessage',
  'missingUsernameMessage',
  'invalidEmailMessage',
  'usernameExistsMessage',
  'updateReadOnlyAttributesRejectedMessage',
  'missingPasswordMessage',
  'invalidPasswordConfirmMessage',
];

const ROOT = ['username', 'email', 'firstName', 'lastName'];

interface Answer {
  readonly error?: string;
  readonly errorMessage?: string;
  readonly field?: string;
  readonly errors?: readonly { readonly field: string; readonly errorMessage: string }[];
}

/** A field with messages that the hosted page did not show. */
export interface Unfound {
  readonly field: string;
  readonly found: readonly string[];
  readonly said: readonly string[];
}

function valuesOf({ entries }: Side, name: string, isList: boolean): string[] {
  const values = entries.filter(([own]) => own === name).map(([, value]) => value);
  return values.filter((value) => value !== '' && !(isList && isWhitespace(value)));
}

/** The user that the same post would make, without any rule in between. */
function representation(portal: Side, { world }: ParityCase) {
  const isList = (name: string) => world.profile.attributes?.find((one) => one.name === name)?.multivalued === true;
  const names = Object.keys(portal.shape.fields).filter((name) => !name.startsWith('password'));
  const values = names.map((name) => [name, valuesOf(portal, name, isList(name))] as const);
  const root = values.filter(([name]) => ROOT.includes(name)).map(([name, [first = '']]) => [name, first] as const);
  const attributes = values.filter(([name, all]) => !ROOT.includes(name) && all.length > 0);
  return { enabled: true, ...Object.fromEntries(root), attributes: Object.fromEntries(attributes) };
}

/** @returns the messages that the portal has and the hosted page has not, by field */
function extraMessages(hosted: Side, portal: Side): { field: string; said: string[] }[] {
  if (portal.outcome.status !== 'refused' || hosted.outcome.status !== 'refused') return [];
  const shown = hosted.outcome.errors;
  return Object.entries(portal.outcome.errors).flatMap(([field, messages]) => {
    const theirs = (shown[field] ?? []).map(keyOf);
    const said = messages.map(keyOf).filter((key) => !theirs.includes(key) && !OF_VISITORS.includes(key));
    return said.length > 0 ? [{ field, said }] : [];
  });
}

/** @returns what the admin API finds wrong with a user, by field; undefined where it does not come to that */
async function faultsOf(api: RealmApi, user: object, locale: string): Promise<Map<string, string[]> | undefined> {
  const { status, body } = await api.send('POST', '/users', user, locale);
  if (status === 201) return new Map();
  if (status === 409 || (status === 400 && body.includes('User name is missing'))) return undefined;
  // Names that no column holds: an error 500 of the database's.
  if (status !== 400) return undefined;
  const answer = JSON.parse(body) as Answer;
  const one = { field: answer.field ?? 'username', errorMessage: answer.errorMessage ?? '' };
  const faults = new Map<string, string[]>();
  for (const { field, errorMessage } of answer.errors ?? [one]) {
    faults.set(field, [...(faults.get(field) ?? []), ...messagesIn(errorMessage)]);
  }
  return faults;
}

/** A profile that asks for nothing: the rules of a case's own would speak before its password policy. */
const OPEN_PROFILE = { attributes: ROOT.map((name) => ({ name, permissions: { view: ['admin'], edit: ['admin'] } })) };

/** @returns the message of one policy; undefined where it holds, and an error where Keycloak could not tell */
async function passwordFault(api: RealmApi, user: { username: string }): Promise<string | undefined> {
  const { status, body, made } = await api.send('POST', '/users', user);
  if (status === 201) {
    await api.must('DELETE', `/users/${made}`);
    return undefined;
  }
  const { error } = status === 400 ? (JSON.parse(body) as Answer) : {};
  if (error === undefined) throw new NoVerdict();
  return error;
}

/** Somebody has the names, or the database can't hold them. */
class NoVerdict extends Error {
  override readonly name = 'NoVerdict';
}

/**
 * Asks for each item of the policy alone, since Keycloak tells the first failure only.
 * @returns undefined where it can't be told
 */
async function passwordFaults(api: RealmApi, portal: Side, { world }: ParityCase): Promise<string[] | undefined> {
  const [password = ''] = valuesOf(portal, 'password', false);
  const [username = 'somebody'] = valuesOf(portal, world.emailAsUsername ? 'email' : 'username', false);
  const [email] = valuesOf(portal, 'email', false);
  const user = { username, email, enabled: true, credentials: [{ type: 'password', value: password }] };
  const faults: string[] = [];
  await api.must('PUT', '/users/profile', OPEN_PROFILE);
  try {
    for (const item of world.passwordPolicy.split(' and ')) {
      await api.must('PUT', '', { passwordPolicy: item });
      const fault = await passwordFault(api, user);
      if (fault !== undefined) faults.push(fault);
    }
    return faults;
  } catch (error) {
    if (error instanceof NoVerdict) return undefined;
    throw error;
  } finally {
    await api.must('PUT', '/users/profile', world.profile);
    await api.must('PUT', '', { passwordPolicy: world.passwordPolicy });
  }
}

/**
 * Asks the admin API, which tells every fault of a field, whether the portal says more than Keycloak finds: the hosted page
 * shows one message of each. It may make an account, for the caller to take away.
 * @returns the fields with messages that Keycloak does not have, and what it has
 */
export async function unfoundMessages(
  api: RealmApi,
  parityCase: ParityCase,
  sides: { readonly hosted: Side; readonly portal: Side },
): Promise<readonly Unfound[]> {
  const { world, visit } = parityCase;
  const extra = visit.forged ? [] : extraMessages(sides.hosted, sides.portal);
  const isAbout = (name: string) => extra.some(({ field }) => field === name);
  const isProfile = extra.some(({ field }) => field !== 'password');
  const user = representation(sides.portal, parityCase);
  // Somebody who has the name hides all other faults: it is asked for under another one, unless the name is the matter.
  const other = {
    ...(isAbout('username') ? {} : { username: 'second-opinion' }),
    ...(isAbout('email') ? {} : { email: 'second-opinion@example.com' }),
  };
  const ofProfile = isProfile
    ? ((await faultsOf(api, user, visit.locale)) ?? (await faultsOf(api, { ...user, ...other }, visit.locale)))
    : undefined;
  const ofPassword = isAbout('password') ? await passwordFaults(api, sides.portal, parityCase) : undefined;
  return extra.flatMap(({ field, said }) => {
    const fields = field === 'email' && world.emailAsUsername ? ['email', 'username'] : [field];
    const found = field === 'password' ? ofPassword : ofProfile && fields.flatMap((one) => ofProfile.get(one) ?? []);
    return found === undefined || said.every((key) => found.includes(key)) ? [] : [{ field, found, said }];
  });
}
