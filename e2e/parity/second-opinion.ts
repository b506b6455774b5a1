import type { Entries } from './browser';
import type { ParityCase } from './case';
import type { RealmApi } from './keycloak';
import type { FormShape, Outcome } from './outcome';

/** Messages that only the context of a visitor has: the admin API can't confirm them. */
const OF_VISITORS = [
  'error-user-attribute-required',
  'missingEmailMessage',
  'missingUsernameMessage',
  'invalidEmailMessage',
  'usernameExistsMessage',
];

const ROOT = ['username', 'email', 'firstName', 'lastName'];

interface Answer {
  readonly field?: string;
  readonly errorMessage?: string;
  readonly errors?: readonly { readonly field: string; readonly errorMessage: string }[];
}

/** The user that the same post would make, without any rule in between. */
function representation(entries: Entries, shape: FormShape, isList: (name: string) => boolean): object {
  const names = Object.keys(shape.fields).filter((name) => !name.startsWith('password'));
  const values = new Map(
    names.map((name) => [name, entries.filter(([own]) => own === name).map(([, value]) => value)] as const),
  );
  const given = [...values].map(
    ([name, all]) => [name, all.filter((value) => value !== '' && !(isList(name) && value.trim() === ''))] as const,
  );
  const root = given.filter(([name]) => ROOT.includes(name)).map(([name, [first = '']]) => [name, first] as const);
  const attributes = given.filter(([name, all]) => !ROOT.includes(name) && all.length > 0);
  return { enabled: true, ...Object.fromEntries(root), attributes: Object.fromEntries(attributes) };
}

/**
 * Asks the admin API, which tells every fault of a field at once, whether the portal says more than Keycloak finds: the
 * hosted page shows one message of each.
 * @param entries what was posted to the portal
 * @returns the fields with such messages, and what Keycloak finds there; nothing where it can't tell
 */
export async function unfoundMessages(
  api: RealmApi,
  { world, visit }: ParityCase,
  entries: Entries,
  shape: FormShape,
  outcomes: { readonly hosted: Outcome; readonly portal: Outcome },
): Promise<readonly { readonly field: string; readonly found: readonly string[]; readonly said: readonly string[] }[]> {
  const { hosted, portal } = outcomes;
  if (portal.status !== 'refused' || hosted.status !== 'refused' || visit.forged) return [];
  const extra = Object.entries(portal.errors).flatMap(([field, messages]) => {
    const keys = messages.map((message) => message.split('|')[0] ?? '');
    const shown = (hosted.errors[field] ?? []).map((message) => message.split('|')[0] ?? '');
    const said = keys.filter((key) => !shown.includes(key) && !OF_VISITORS.includes(key));
    return field.startsWith('password') || said.length === 0 ? [] : [{ field, said }];
  });
  if (extra.length === 0) return [];
  const isList = (name: string) => world.profile.attributes?.find((one) => one.name === name)?.multivalued === true;
  const answer = await api.send('POST', '/users', representation(entries, shape, isList), visit.locale);
  // It found nothing at all, and has made an account, for the caller to take away.
  if (answer.status === 201) return extra.map(({ field, said }) => ({ field, found: [], said }));
  if (answer.status !== 400) return [];
  const body = JSON.parse(answer.body) as Answer;
  const all =
    body.errors ??
    (body.field === undefined ? undefined : [{ field: body.field, errorMessage: body.errorMessage ?? '' }]);
  if (all === undefined) return [];
  return extra.flatMap(({ field, said }) => {
    const fields = field === 'email' && world.emailAsUsername ? ['email', 'username'] : [field];
    const found = all.filter((one) => fields.includes(one.field)).map((one) => one.errorMessage);
    return said.every((key) => found.includes(key)) ? [] : [{ field, found, said }];
  });
}
