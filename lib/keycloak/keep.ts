import 'server-only';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { env } from '@/lib/env';
import { keyFor, openingKeysFor } from '@/lib/keys';
import { sharedStore } from '@/lib/shared-store';
import { log, reason } from '@/lib/telemetry/log';
import { realmUrl } from './public';

/** Where a value outlives the process. */
export interface Keep<T> {
  /** @returns undefined where nothing was kept, or it can't be trusted */
  read(): Promise<T | undefined>;
  /** Never fails: what could not be kept is in the log. */
  write(value: T): Promise<void>;
}

/** To be raised with every change of what is kept: what an older portal has left is not read then. */
const SHAPE = 1;

const PURPOSE = 'realm-cache';

/** How long Redis keeps what nobody renews, in seconds. */
const LIFETIME = 30 * 86_400;

const kept = z.object({ mac: z.string(), text: z.string() });

/** What is kept of one thing of one realm; another's is never taken for it. */
const subjectOf = (name: string) => `${SHAPE} ${realmUrl()} ${name}`;

const placeOf = (name: string) => createHash('sha256').update(subjectOf(name)).digest('hex').slice(0, 32);

const macOf = (key: Uint8Array, name: string, text: string) =>
  createHmac('sha256', key)
    .update(`${subjectOf(name)}\n${text}`)
    .digest();

/** Only what a portal with this secret wrote is believed: whoever can write there can't change what people are asked. */
function open(name: string, written: string | null): unknown {
  if (written === null) return undefined;
  const parsed = kept.safeParse(JSON.parse(written));
  if (!parsed.success) return undefined;
  const mac = Buffer.from(parsed.data.mac, 'base64url');
  const isOurs = openingKeysFor(PURPOSE).some((key) => {
    const own = macOf(key, name, parsed.data.text);
    return own.length === mac.length && timingSafeEqual(own, mac);
  });
  return isOurs ? JSON.parse(parsed.data.text) : undefined;
}

/** Not by `join`, from which the build would gather that any file of the project may be read, and put all of them in. */
const fileOf = (folder: string, name: string) => `${folder}/${placeOf(name)}.json`;

async function writeAside(file: string, written: string): Promise<void> {
  // Whole or not at all, also where several instances share the folder.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(/* turbopackIgnore: true */ draft, written, { mode: 0o600 });
  await rename(/* turbopackIgnore: true */ draft, file);
}

/**
 * Keeps a value in the folder `REALM_CACHE` and in Redis, where there are such, so that a portal that starts while Keycloak
 * is down still serves. Nothing of a person is ever in it.
 * @param name of the value
 * @param revive makes the value of its JSON again
 */
export function keepOf<T>(name: string, revive: (json: unknown) => T): Keep<T> {
  const { REALM_CACHE } = env();
  const key = `vestibule:realm:${placeOf(name)}`;
  let last: string | undefined;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        log('warn', 'realm-cache.failed', { what, reason: reason(error) });
      return undefined;
    }
  };
  return {
    async read() {
      const store = sharedStore();
      const found =
        (REALM_CACHE === undefined
          ? undefined
          : await attempt('read file', async () =>
              open(name, await readFile(/* turbopackIgnore: true */ fileOf(REALM_CACHE, name), 'utf8')),
            )) ??
        (store?.isUsable()
          ? await attempt('read Redis', async () => open(name, await store.ask(() => store.client.get(key))))
          : undefined);
      return found === undefined ? undefined : revive(found);
    },
    async write(value) {
      const text = JSON.stringify(value);
      if (text === last) return;
      last = text;
      const written = JSON.stringify({ mac: macOf(keyFor(PURPOSE), name, text).toString('base64url'), text });
      const store = sharedStore();
      await Promise.all([
        REALM_CACHE === undefined
          ? undefined
          : attempt('write file', () => writeAside(fileOf(REALM_CACHE, name), written)),
        store?.isUsable()
          ? attempt('write Redis', () => store.ask(() => store.client.set(key, written, { EX: LIFETIME })))
          : undefined,
      ]);
    },
  };
}
