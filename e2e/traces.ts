import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ASKED_FILE, type Asked, TYPED_FILE, type Typed } from './typed';

/** Shorter values occur by chance. */
const SHORTEST = 6;

/** What tests type and the product, its brands or its protocols say as well. */
const ORDINARY: ReadonlySet<string> = new Set([
  'harbour',
  'example',
  'openid',
  'harbour shop',
  'sign-up',
  'sign-in',
  // Words of our own log, and of a colour's name in Next's page for errors.
  'nobody',
  'second',
]);

/** Addresses that may hold values, since they are none of ours: they come from outside, and we answer with clean ones. */
const FROM_OUTSIDE: readonly { readonly path: RegExp; readonly status: readonly number[]; readonly why: string }[] = [
  {
    path: /^(?:\/[a-z-]+)?\/(?:embed\/)?sign-up$|^\/$/i,
    status: [307],
    why: 'a link to the form says what its sender knows of the visitor; the middleware leads to an address without it',
  },
  {
    path: /^\/realms\/[^/]+\/protocol\/openid-connect\/(?:registrations|auth)$/,
    status: [303, 404],
    why: 'an authorization request, as OpenID Connect has it, with its login_hint',
  },
];

/** Something that is searched. */
interface Place {
  readonly name: string;
  readonly text: string;
}

function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line): T => JSON.parse(line));
}

/** The files of a folder, with all that is in its folders. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isFromOutside({ url, status }: Asked): boolean {
  return FROM_OUTSIDE.some((one) => one.status.includes(status) && one.path.test(new URL(url).pathname));
}

/** What a run has left: the portals' logs, the addresses that were asked for, and what Next keeps of its answers. */
function placesOf(folder: string, build: string): Place[] {
  const logs = filesIn(folder).filter((file) => /^portal-[^/]*\.log$/.test(relative(folder, file)));
  const kept = [...filesIn(join(build, '.next', 'cache')), ...filesIn(join(build, '.next', 'server', 'app'))];
  const cached = kept.filter((file) => !/\.(?:js|json|map)$/.test(file) || file.includes('/cache/'));
  const asked = readLines<Asked>(join(folder, ASKED_FILE));
  const own = asked.filter((one) => !isFromOutside(one)).map(({ url }) => url);
  return [
    ...logs.map((file) => ({ name: relative(folder, file), text: readFileSync(file, 'utf8') })),
    ...cached.map((file) => ({ name: relative(build, file), text: readFileSync(file, 'latin1') })),
    { name: 'addresses of the portals', text: own.join('\n') },
    { name: 'referrers', text: asked.map(({ referrer }) => referrer).join('\n') },
  ];
}

function decoded(text: string): string {
  return text.replace(/\+/g, ' ').replace(/(?:%[0-9a-f]{2})+/gi, (octets) => {
    try {
      return decodeURIComponent(octets);
    } catch {
      return octets;
    }
  });
}

/**
 * Searches places for values, in whatever case and however they are encoded in addresses and in JSON.
 * @returns a line for each place and kind of value; never a value
 */
export function findTraces(typed: readonly Typed[], places: readonly Place[]): string[] {
  const kinds = new Map<string, string>();
  for (const { kind, value } of typed) {
    const key = value.trim().toLowerCase();
    if (key.length >= SHORTEST && !ORDINARY.has(key) && !kinds.has(key)) kinds.set(key, kind);
  }
  const found = places.flatMap(({ name, text }) => {
    const plain = text.toLowerCase();
    const texts = [plain, decoded(plain)];
    const isIn = (value: string) => texts.some((one) => one.includes(value));
    return [...kinds]
      .filter(([value]) => isIn(value) || isIn(JSON.stringify(value).slice(1, -1)))
      .map(([, kind]) => `${name}: ${kind}`);
  });
  return [...new Set(found)];
}

/**
 * Looks for what the tests of a run have typed where nothing of it may be left (ASVS 14.2, 16.2.5).
 * @param folder of the run
 * @param build of the portals
 * @returns a line for each find, with the file and the kind of value
 */
export function tracesOf(folder: string, build: string): string[] {
  return findTraces(readLines<Typed>(join(folder, TYPED_FILE)), placesOf(folder, build));
}
