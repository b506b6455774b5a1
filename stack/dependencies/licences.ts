/** `npm run licences` writes down under which licences the packages are that the portal is served with. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../folders';

/** The list, in the project's folder. */
export const LICENCES_FILE = 'docs/licences.md';

/** SPDX ids that may be served with a product under the Apache License 2.0, by anyone and without asking. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** Packages that may be under further ones: libvips is a library of its own beside the code, and can be replaced. */
const FURTHER: readonly { readonly packages: RegExp; readonly licence: string }[] = [
  { packages: /^@img\/sharp-/, licence: 'LGPL-3.0-or-later' },
];

/** A package of `package-lock.json`. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly inBundle?: boolean;
}

/** @returns the packages that the lock names, by their folders; the project itself is none */
export function lockedPackages(): [string, LockedPackage][] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(packages).filter(([folder]) => folder !== '');
}

/** A package that is served, with its licence as an SPDX expression. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** What a package says of itself; the lock's word where it is for another kind of machine, and so not installed. */
function licenceOf(folder: string, locked: LockedPackage): string {
  const file = join(ROOT, folder, 'package.json');
  if (!existsSync(file)) return locked.license ?? 'unknown';
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type?: string };
    /** As older packages say it. */
    licenses?: readonly { type?: string }[];
  };
  const said = typeof license === 'string' ? license : license?.type;
  // Under one of several, as whoever serves them chooses.
  return said ?? licenses?.map(({ type = 'unknown' }) => type).join(' OR ') ?? locked.license ?? 'unknown';
}

/** @returns the packages that the portal is served with, each version once, by name */
export function servedPackages(): Licensed[] {
  const all = lockedPackages()
    .filter(([, { dev }]) => dev !== true)
    .map(([folder, locked]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: locked.version ?? '',
      licence: licenceOf(folder, locked),
    }));
  const keyed = new Map(all.map((one) => [`${one.name} ${one.version}`, one]));
  return [...keyed].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found);
}

/** Whether a package may be served: of alternatives one is enough, of what holds together all have to be allowed. */
export function isAllowed({ name, licence }: Licensed): boolean {
  const further = FURTHER.filter(({ packages }) => packages.test(name)).map((one) => one.licence);
  const alternatives = licence.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((one) => one.split(' AND ').every((id) => ALLOWED.has(id) || further.includes(id)));
}

/** @returns the text of {@link LICENCES_FILE} */
export function licenceList(): string {
  const rows = [
    ['package', 'version', 'licence'],
    ...servedPackages().map((one) => [one.name, one.version, one.licence]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const table = [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
  return `# Licences

The packages that the portal is served with; those that only build and test it are not here. Made by \`npm run licences\`,
and held against what is installed by a test. Which licences are allowed: [dependencies](dependencies.md#licences).

${table.join('\n')}
`;
}

if (process.argv[1]?.endsWith('licences.ts')) writeFileSync(join(ROOT, LICENCES_FILE), licenceList());
