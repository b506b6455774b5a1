import { byName, type FormShape, keyOf, type Outcome, type Side } from './outcome';

/** One thing in which the two sides are not the same, or the portal is not as it has to be. */
export interface Difference {
  /**
   * Part of the form; who was refused for what; a message that Keycloak does not have; the verdict; part of the stored
   * account; what the portal did not keep of a refused form.
   */
  readonly what: 'form' | 'field' | 'message' | 'verdict' | 'stored' | 'kept';
  /** For example `country.label`, `email` or `attributes.company`. */
  readonly where: string;
  readonly hosted: unknown;
  readonly portal: unknown;
}

function same(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

/** A text of the realm that was not found: its bare key, which no visitor should see. */
const BARE_KEY = /^parity\.[\w.]+$/;

function compareField(name: string, hosted: FormShape['fields'][string], portal: FormShape['fields'][string]) {
  const differences: Difference[] = [];
  const compare = (where: string, first: unknown, second: unknown) => {
    const isBare = typeof second === 'string' && BARE_KEY.test(second);
    if (!same(first, second) || isBare) differences.push({ what: 'form', where, hosted: first, portal: second });
  };
  for (const key of ['type', 'label', 'required', 'values', 'placeholder', 'before', 'after'] as const) {
    compare(`${name}.${key}`, hosted[key], portal[key]);
  }
  compare(
    `${name}.options`,
    hosted.options.map(({ value }) => value),
    portal.options.map(({ value }) => value),
  );
  hosted.options.forEach(({ value, label }, index) => {
    const other = portal.options[index];
    if (other?.value === value) compare(`${name}.option ${value}`, label, other.label);
  });
  if (portal.label === '') compare(`${name}.label`, 'a label', '');
  return differences;
}

function compareShapes(hosted: FormShape, portal: FormShape): Difference[] {
  const names = [...new Set([...Object.keys(hosted.fields), ...Object.keys(portal.fields)])];
  const fields = names.flatMap((name) => {
    const [first, second] = [hosted.fields[name], portal.fields[name]];
    if (first !== undefined && second !== undefined) return compareField(name, first, second);
    const presence = (field: unknown) => (field === undefined ? 'absent' : 'there');
    return [{ what: 'form' as const, where: name, hosted: presence(first), portal: presence(second) }];
  });
  // Fields that one of them lacks have been told already, and so have groups without any other.
  const shared = (order: readonly string[]) =>
    order
      .filter((one) => one.startsWith('#') || (one in hosted.fields && one in portal.fields))
      .filter((one, index, all) => !(one.startsWith('#') && (all[index + 1] ?? '#').startsWith('#')));
  const [first, second] = [shared(hosted.order), shared(portal.order)];
  return same(first, second) ? fields : [...fields, { what: 'form', where: 'order', hosted: first, portal: second }];
}

type Errors = Readonly<Record<string, readonly string[]>>;

function errorsOf(outcome: Outcome): Errors {
  return outcome.status === 'refused' ? outcome.errors : byName([]);
}

function compareRefusals(hosted: Errors, portal: Errors): Difference[] {
  const fields = [...new Set([...Object.keys(hosted), ...Object.keys(portal)])];
  return fields.flatMap((field) => {
    const [first = [], second = []] = [hosted[field], portal[field]];
    // Keycloak's page shows one message of a field, whichever its hash table gives; the portal shows them all.
    const agrees = first.length > 0 && first.every((message) => second.includes(message));
    return agrees ? [] : [{ what: 'field' as const, where: field, hosted: first, portal: second }];
  });
}

type Accepted = Outcome & { status: 'accepted' };

/** The parts of an account, one by one. */
function partsOf({ user }: Accepted): Map<string, unknown> {
  if (user === undefined) return new Map([['account', 'none']]);
  const { attributes, ...rest } = user;
  return new Map<string, unknown>([
    ['account', 'made'],
    ...Object.entries(rest),
    ...Object.entries(attributes).map(([name, values]): [string, unknown] => [`attributes.${name}`, values]),
  ]);
}

function compareStored(hosted: Accepted, portal: Accepted): Difference[] {
  const [first, second] = [partsOf(hosted), partsOf(portal)];
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((where) =>
    same(first.get(where), second.get(where))
      ? []
      : [{ what: 'stored' as const, where, hosted: first.get(where), portal: second.get(where) }],
  );
}

/** What has to hold of the portal alone: it stores nothing that its form has no field for, and loses nothing typed. */
function faultsOf({ shape, outcome, entries }: Side, isForged: boolean): Difference[] {
  if (outcome.status === 'accepted') {
    const { user } = outcome;
    const isPosted = (name: string, values: readonly string[]) =>
      entries.some(([own, value]) => own === name && values.includes(value));
    const stored = Object.entries(user?.attributes ?? {})
      .filter(([name, values]) => name !== 'locale' && !(name in shape.fields) && isPosted(name, values))
      .map(([name]) => name);
    const isGiven = user !== undefined && (!user.enabled || user.emailVerified);
    const surplus = isGiven ? [...stored, 'enabled, emailVerified'] : stored;
    return surplus.map((where) => ({ what: 'stored', where, hosted: 'not asked for', portal: 'stored' }));
  }
  if (outcome.status !== 'refused' || isForged) return [];
  return Object.keys(shape.fields).flatMap((name) => {
    const isSecret = name.startsWith('password');
    const typed = entries
      .filter(([own, value]) => own === name && value.trim() !== '')
      .map(([, value]) => unbroken(value));
    const kept = (outcome.kept[name] ?? []).filter((value) => value.trim() !== '').map(unbroken);
    return same(isSecret ? [] : typed, kept)
      ? []
      : [{ what: 'kept' as const, where: name, hosted: 'what was typed', portal: `${kept.length} of ${typed.length}` }];
  });
}

/** A page holds a line break as LF, a post as CR LF; and what UTF-8 or HTML can't hold they replace. */
function unbroken(text: string): string {
  return Buffer.from(text).toString().replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}

/**
 * Everything in which two sides differ: the form, the verdict, the fields and messages of a refusal, the account; and what
 * the portal owes anyway.
 * @param isForged whether the page was bypassed, so that it need not show again what was posted
 * @returns nothing where they agree
 */
export function differences(hosted: Side, portal: Side, isForged: boolean): Difference[] {
  const form = [...compareShapes(hosted.shape, portal.shape), ...faultsOf(portal, isForged)];
  const [first, second] = [hosted.outcome, portal.outcome];
  if (first.status === 'accepted' && second.status === 'accepted') return [...form, ...compareStored(first, second)];
  const refusals = compareRefusals(errorsOf(first), errorsOf(second));
  // Two that can't are no agreement either.
  const verdict: Difference[] =
    first.status === second.status && first.status !== 'failed'
      ? []
      : [{ what: 'verdict', where: 'submit', hosted: describe(first), portal: describe(second) }];
  return [...form, ...verdict, ...refusals];
}

function describe(outcome: Outcome): string {
  switch (outcome.status) {
    case 'accepted':
      return outcome.user === undefined ? 'accepted, nobody stored' : 'accepted';
    case 'refused':
      return Object.keys(outcome.errors).length === 0 ? 'refused without a word' : 'refused';
    case 'failed':
      return `failed (${outcome.why})`;
  }
}

/** @returns the keys of the messages that both sides gave for the same field */
export function sharedKeys(hosted: Side, portal: Side): string[] {
  const theirs = errorsOf(hosted.outcome);
  return Object.entries(errorsOf(portal.outcome)).flatMap(([field, messages]) =>
    messages.filter((message) => theirs[field]?.includes(message)).map(keyOf),
  );
}
