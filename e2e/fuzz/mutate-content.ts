import type { Random } from '../parity/random';
import { parameterNames } from './crawl';
import type { Content, Draft, Part } from './post';
import { ODD_NAMES, oddValue } from './values';

/** What a mutation may use. */
export interface Means {
  readonly random: Random;
  readonly marker: string;
  /** Ids of server actions that there are. */
  readonly actionIds: readonly string[];
}

/** Changes a request in place; one that finds nothing to change leaves it. */
export type Mutation<Changed> = (changed: Changed, means: Means) => void;

/** React's references in a posted reply (`ReactFlightReplyServer.parseModelString`), sane and not. */
const REFERENCES = [
  '$F1',
  '$F0',
  '$h1',
  '$h2',
  '$Q1',
  '$W1',
  '$@1',
  '$@0',
  '$@9',
  '$K1',
  '$K9',
  '$L1',
  '$T',
  '$T1',
  '$S',
  '$Sreact.fragment',
  '$B1',
  '$R1',
  '$r1',
  '$X1',
  '$x1',
  '$i1',
  '$A1',
  '$O1',
  '$o1',
  '$U1',
  '$G1',
  '$n12',
  '$n',
  '$nx',
  '$D2024-01-01',
  '$Dnever',
  '$Infinity',
  '$-Infinity',
  '$-0',
  '$NaN',
  '$undefined',
  '$',
  '$$',
  '$1',
  '$1:a',
  '$0:0',
  '$0:__proto__',
  '$1:__proto__:constructor',
  '$1:constructor:constructor',
  '$1:then',
  '$E',
  '$P1',
  '$Z',
  '$ffffffff',
  '$-1',
];

const ODD_JSON: readonly unknown[] = [null, true, -1, 0.5, 'NaN', '9007199254740993', '', {}, [], [[]], { length: -1 }];

/** Depths at which parsers and stacks give up. */
const DEPTHS = [10, 100, 1_000, 5_000];

function nested(depth: number, random: Random): unknown {
  let value: unknown = 1;
  const isObject = random.chance(0.5);
  for (let level = 0; level < depth; level++) value = isObject ? { a: value } : [value];
  return value;
}

const oddJson = ({ random }: Means): unknown =>
  random.chance(0.3)
    ? random.pick(REFERENCES)
    : random.chance(0.2)
      ? nested(random.pick(DEPTHS), random)
      : random.pick(ODD_JSON);

/** A copy with one thing in it replaced, wherever that is. */
function withOdd(value: unknown, means: Means): unknown {
  const { random } = means;
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return oddJson(means);
  const entries = Object.entries(value);
  const at = random.int(0, entries.length);
  const name = entries[at]?.[0] ?? random.pick(ODD_NAMES);
  const changed = withOdd(entries[at]?.[1], means);
  if (isList) return value.with(Math.min(at, Math.max(0, value.length - 1)), changed);
  // Defined and not assigned: `__proto__` is to be a key like any other.
  return Object.fromEntries([...entries.filter(([other]) => other !== name), [name, changed]]);
}

const partsOf = (content: Content): Part[] => (content.kind === 'none' || content.kind === 'text' ? [] : content.parts);

/** What React itself posts beside a form's own entries. */
const isProtocol = ({ name }: Part) => name.startsWith('$ACTION_');

function own({ content }: Draft, { random }: Means): Part | undefined {
  const parts = partsOf(content);
  const chosen = random.chance(0.85) ? parts.filter((part) => !isProtocol(part)) : parts;
  return chosen.length === 0 ? undefined : random.pick(chosen);
}

const renamed = (part: Part, draft: Draft, name: string) => {
  part.name = draft.content.kind === 'action' ? `_1_${name}` : name;
};

const oddName = ({ random, marker }: Means) =>
  random.chance(0.2)
    ? `${marker}${'n'.repeat(random.pick([1, 300, 5_000]))}`
    : random.pick([...ODD_NAMES, ...parameterNames()]);

function edited(text: string, means: Means): string {
  try {
    return JSON.stringify(withOdd(JSON.parse(text), means)) ?? '';
  } catch {
    return `${'['.repeat(3_000)}`;
  }
}

/** Mutations of what is posted, by name. */
export const CONTENT_MUTATIONS: Readonly<Record<string, Mutation<Draft>>> = {
  'drop a field': (draft, means) => {
    const parts = partsOf(draft.content);
    const part = own(draft, means);
    if (part !== undefined) parts.splice(parts.indexOf(part), 1);
  },
  'repeat a field': (draft, means) => {
    const part = own(draft, means);
    const times = means.random.pick([1, 2, 300]);
    if (part !== undefined) for (let time = 0; time < times; time++) partsOf(draft.content).push({ ...part });
  },
  'rename a field': (draft, means) => {
    const part = own(draft, means);
    if (part !== undefined) renamed(part, draft, oddName(means));
  },
  'add a field': (draft, means) => {
    const part = { name: '', value: oddValue(means.random, means.marker, means.marker) };
    renamed(part, draft, oddName(means));
    partsOf(draft.content).push(part);
  },
  'a file in place of a text': (draft, means) => {
    const part = own(draft, means);
    if (part !== undefined)
      part.file = {
        filename: means.random.pick(['a.txt', '', '../a', 'blob', '"']),
        type: means.random.pick(['text/plain', 'x', 'application/json']),
      };
  },
  'another value': (draft, means) => {
    const part = own(draft, means);
    if (part !== undefined) part.value = oddValue(means.random, means.marker, part.value);
  },
  'other values everywhere': (draft, means) => {
    for (const part of partsOf(draft.content))
      if (!isProtocol(part) && means.random.chance(0.5)) part.value = oddValue(means.random, means.marker, part.value);
  },
  'another order': ({ content }, { random }) => {
    const parts = partsOf(content);
    for (let times = 0; times < parts.length; times++) parts.push(...parts.splice(random.int(0, parts.length - 1), 1));
  },
  'the state of a form': ({ content }, means) => {
    if (content.kind === 'action') content.args = withOdd(content.args, means);
    for (const part of partsOf(content)) if (/^\$ACTION_\d+:\d/.test(part.name)) part.value = edited(part.value, means);
  },
  'the number of attempts': ({ content }, { random }) => {
    const attempt = random.pick([
      '1e999',
      '-1',
      '"x"',
      'null',
      '{}',
      '[]',
      '0.1',
      '9007199254740993',
      '"$n12"',
      '"$NaN"',
    ]);
    const edit = (text: string) => text.replace(/"attempt":\d+/g, `"attempt":${attempt}`);
    if (content.kind === 'action') content.args = JSON.parse(edit(JSON.stringify(content.args)));
    for (const part of partsOf(content)) if (/^\$ACTION_\d+:1/.test(part.name)) part.value = edit(part.value);
  },
  'other arguments': ({ content }, means) => {
    if (content.kind !== 'action') return;
    const { random } = means;
    const args = Array.isArray(content.args) ? content.args : [];
    content.args = random.pick<() => unknown>([
      () => [],
      () => args.toReversed(),
      () => args.slice(1),
      () => [...args, oddJson(means)],
      () => [oddJson(means), ...args],
      () => Array.from({ length: 2_000 }, () => 1),
      () => args.map(() => oddJson(means)),
      () => oddJson(means),
      () => ({ 0: args[0], length: 1 }),
    ])();
  },
  'a reference of React': ({ content }, means) => {
    const reference = means.random.pick(REFERENCES);
    if (content.kind !== 'action') return;
    const args = Array.isArray(content.args) ? content.args : [];
    content.args = args.length === 0 ? reference : args.with(means.random.int(0, args.length - 1), reference);
  },
  'more chunks': ({ content }, means) => {
    const { random } = means;
    const value = random.pick([
      '"$@0"',
      '"$0"',
      '{"a":"$1"}',
      '"$F2"',
      '{"id":"x","bound":"$@1"}',
      '[',
      'null',
      '"$1:a:b"',
      '{"then":"$1:__proto__:then"}',
    ]);
    for (const part of [{ name: random.pick(['1', '2', '0', 'a', '-1', '__proto__']), value }])
      partsOf(content).push(part);
  },
  'another action in the form': ({ content }, { random, actionIds }) => {
    for (const part of partsOf(content)) {
      if (part.name.startsWith('$ACTION_ID_'))
        part.name = `$ACTION_ID_${random.pick(['', '0', 'toString', '__proto__', '00'.repeat(21), ...actionIds])}`;
      if (/^\$ACTION_\d+:0$/.test(part.name))
        part.value = part.value.replace(
          /"id":"[^"]*"/,
          `"id":${random.pick(['null', '"x"', '"toString"', '{}', ...actionIds.map((id) => `"${id}"`)])}`,
        );
    }
  },
  'as an address has it': (draft) => {
    const parts = partsOf(draft.content);
    if (parts.length > 0) draft.content = { kind: 'urlencoded', parts };
  },
  'as JSON': (draft, { random }) => {
    const parts = partsOf(draft.content);
    const text = JSON.stringify(
      draft.content.kind === 'action' ? draft.content.args : parts.map(({ name, value }) => [name, value]),
    );
    draft.content = {
      kind: 'text',
      text,
      type: random.pick(['application/json', 'text/plain;charset=UTF-8', 'text/x-component']),
    };
  },
  'broken JSON': (draft, { random, marker }) => {
    const text = random.pick([
      `[{"a":${marker}}]`,
      `"${marker}`,
      `{"${marker}":}`,
      '[',
      '',
      `[1,2]${marker}`,
      '\u0000',
      '[{"attempt":0},"$K1"',
    ]);
    draft.content = { kind: 'text', text, type: random.pick(['application/json', 'text/plain;charset=UTF-8']) };
  },
};
