import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { log, reason } from '@/lib/telemetry/log';
import { type Cached, cached, REALM_TIMES } from './cached';
import { type Keep, keepOf } from './keep';
import { fetchFromKeycloak } from './public';

/** The realm's messages in one language: what the operator wrote, and what the login theme brings. */
export interface RealmTexts {
  readonly realm: ReadonlyMap<string, string>;
  readonly theme: ReadonlyMap<string, string>;
}

const entries = z.array(z.object({ key: z.string(), value: z.string(), source: z.string().optional() }));

const pairs = z.array(z.tuple([z.string(), z.string()]));
const keptEntries = z.object({ realm: pairs, theme: pairs });

const none: RealmTexts = { realm: new Map(), theme: new Map() };

async function fetchTexts(locale: string, query: string): Promise<z.output<typeof entries>> {
  const { KEYCLOAK_URL, KEYCLOAK_REALM } = env();
  const response = await fetchFromKeycloak(
    `${KEYCLOAK_URL}/resources/${encodeURIComponent(KEYCLOAK_REALM)}/login/${encodeURIComponent(locale)}${query}`,
  );
  if (!response.ok) throw new Error(`The texts endpoint answered ${response.status}`);
  return entries.parse(await response.json());
}

async function load(locale: string): Promise<RealmTexts> {
  // With its sources the endpoint lists a key once for each language of the fallback chain, in no order; only the plain
  // answer says which of them counts.
  const [effective, sources] = await Promise.all([fetchTexts(locale, ''), fetchTexts(locale, '?source=true')]);
  const fromRealm = new Set(
    sources.filter(({ source }) => source === 'REALM').map(({ key, value }) => JSON.stringify([key, value])),
  );
  const isRealm = (entry: { key: string; value: string }) => fromRealm.has(JSON.stringify([entry.key, entry.value]));
  const textsFrom = (realm: boolean) =>
    new Map(effective.filter((entry) => isRealm(entry) === realm).map(({ key, value }) => [key, value]));
  return { realm: textsFrom(true), theme: textsFrom(false) };
}

/** The texts of every language that has been asked for. */
function textsByLocale(): Map<string, Cached<RealmTexts>> {
  return processWide('realm-texts', () => new Map());
}

/** Maps have no JSON of their own. */
function keptTexts(locale: string): Keep<RealmTexts> {
  const keep = keepOf(`texts ${locale}`, (json) => keptEntries.parse(json));
  return {
    async read() {
      const found = await keep.read();
      return found && { realm: new Map(found.realm), theme: new Map(found.theme) };
    },
    write: ({ realm, theme }) => keep.write({ realm: [...realm], theme: [...theme] }),
  };
}

function textsOf(locale: string): Cached<RealmTexts> {
  const known = textsByLocale().get(locale);
  if (known !== undefined) return known;
  const texts = cached(() => load(locale), {
    ...REALM_TIMES,
    keep: keptTexts(locale),
    onError: (error, hasLastGood) =>
      log('warn', 'realm-texts.unreadable', { locale, reason: reason(error), lastGoodTextsServe: hasLastGood }),
  });
  textsByLocale().set(locale, texts);
  return texts;
}

/**
 * The login theme's messages overlaid with the realm's own, from Keycloak's public endpoint (`ThemeResource`), which has
 * already applied the realm's fallback languages.
 * @param locale one of the portal's languages, as Keycloak names it
 * @returns the texts as last read; empty ones while they have never been readable, so that the portal's own words stand in
 */
export async function realmTexts(locale: string): Promise<RealmTexts> {
  return textsOf(locale)
    .get()
    .catch(() => none);
}

/**
 * Reads the texts of every language read so far anew, at once.
 * @returns false when any of them can't be read: the last good ones serve on, and the log says why
 */
export async function refreshTexts(): Promise<boolean> {
  const answers = await Promise.allSettled([...textsByLocale().values()].map((texts) => texts.refresh()));
  return answers.every(({ status }) => status === 'fulfilled');
}
