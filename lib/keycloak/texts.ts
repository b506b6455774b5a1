import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import { log, reason } from '@/lib/telemetry/log';
import { type Cached, cached } from './cached';

const TTL_MS = 20_000;

/** The realm's messages in one language: what the operator wrote, and what the login theme brings. */
export interface RealmTexts {
  readonly realm: ReadonlyMap<string, string>;
  readonly theme: ReadonlyMap<string, string>;
}

const entries = z.array(z.object({ key: z.string(), value: z.string(), source: z.string().optional() }));

const none: RealmTexts = { realm: new Map(), theme: new Map() };

async function fetchTexts(locale: string, query: string): Promise<z.output<typeof entries>> {
  const { KEYCLOAK_URL, KEYCLOAK_REALM, KEYCLOAK_TIMEOUT_MS } = env();
  const response = await fetch(
    `${KEYCLOAK_URL}/resources/${encodeURIComponent(KEYCLOAK_REALM)}/login/${encodeURIComponent(locale)}${query}`,
    { signal: AbortSignal.timeout(KEYCLOAK_TIMEOUT_MS), cache: 'no-store' },
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
  const pairs = (realm: boolean) =>
    new Map(effective.filter((entry) => isRealm(entry) === realm).map(({ key, value }) => [key, value]));
  return { realm: pairs(true), theme: pairs(false) };
}

const holder = globalThis as typeof globalThis & { vestibuleTexts?: Map<string, Cached<RealmTexts>> };

/**
 * The login theme's messages overlaid with the realm's own, from Keycloak's public endpoint (`ThemeResource`), which has
 * already applied the realm's fallback languages.
 * @param locale one of the portal's languages, as Keycloak names it
 * @returns the texts as last read; empty ones while they have never been readable, so that the portal's own words stand in
 */
export async function realmTexts(locale: string): Promise<RealmTexts> {
  holder.vestibuleTexts ??= new Map();
  let texts = holder.vestibuleTexts.get(locale);
  if (texts === undefined) {
    texts = cached(() => load(locale), {
      ttlMs: TTL_MS,
      onError: (error, hasLastGood) =>
        log('warn', 'realm-texts.unreadable', { locale, reason: reason(error), lastGoodTextsServe: hasLastGood }),
    });
    holder.vestibuleTexts.set(locale, texts);
  }
  return texts.get().catch(() => none);
}
