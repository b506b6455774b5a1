import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PREVIEW_PAGES } from '../../lib/preview/states';
import { ROOT } from '../../stack/folders';

/** A page or a route handler of the portal. */
export interface Route {
  /** As its folders say it, for example `/[locale]/sign-up`. */
  readonly pattern: string;
  readonly isPage: boolean;
}

const APP = join(ROOT, 'app');

/** next-auth's own endpoints (its REST API); the last is none. */
const NEXT_AUTH = [
  'csrf',
  'session',
  'providers',
  'error',
  'signin',
  'signin/keycloak',
  'callback/keycloak',
  'callback/other',
];

/** What stands in the place of a parameter; one that is not here gets the last, so that a new one is tried, too. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  '[locale]': ['en', 'de', 'ar'],
  '[...rest]': ['nowhere', 'sign-up/nowhere'],
  '[...nextauth]': [...NEXT_AUTH, 'signout', 'verify-request', '_log'],
  '[provider]': ['harbour-id', 'none'],
  '[endpoint]': ['registrations', 'auth', 'token'],
  '[state]': [...PREVIEW_PAGES.flatMap(({ states }) => states.slice(0, 2)), 'nothing'],
};
const UNKNOWN = ['sample', '1'];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** All pages and route handlers, read from the folder that Next makes them of. */
export function listRoutes(folder = APP): Route[] {
  return files(folder)
    .map((file) => /^(.*?)\/?(page|route)\.tsx?$/.exec(relative(folder, file)))
    .filter((match) => match !== null)
    .map(([, path = '', kind]) => {
      // Folders in brackets are for people alone.
      const folders = path.split('/').filter((part) => part !== '' && !/^\(.*\)$/.test(part));
      return { pattern: `/${folders.join('/')}`, isPage: kind === 'page' };
    })
    .sort((one, other) => (one.pattern < other.pattern ? -1 : 1));
}

/**
 * Addresses of a route.
 * @param realm what stands for `[realm]`
 * @returns one for each sample of its last parameter, and the first sample of all others
 */
export function pathsOf({ pattern }: Route, realm: string): string[] {
  const parts = pattern.split('/');
  const last = parts.findLastIndex((part) => part.startsWith('['));
  const samplesOf = (part: string) => (part === '[realm]' ? [realm] : (SAMPLES[part] ?? UNKNOWN));
  const samples = last < 0 ? [''] : samplesOf(parts[last] ?? '');
  return samples.map((sample) =>
    parts
      .map((part, index) => (index === last ? sample : part.startsWith('[') ? (samplesOf(part)[0] ?? '') : part))
      .join('/'),
  );
}

/** What Next and the folder `public` serve beside the routes. */
export const OTHER_PATHS: readonly string[] = [
  '/',
  '/sign-up',
  '/embed.js',
  '/robots.txt',
  '/icon.svg',
  '/_next/nothing',
  '/_next/image',
  '/nowhere',
];
