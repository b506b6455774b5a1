import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-keep-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const asIs = (json: unknown) => json;

/** A portal as it starts: nothing is in its memory. */
async function portal(more: Readonly<Record<string, string>> = {}) {
  stubPortalEnv({ REALM_CACHE: folder, ...more });
  vi.resetModules();
  return (await import('./keep')).keepOf;
}

const fileOf = () => join(folder, readdirSync(folder)[0] ?? '');

test('what one portal has read another finds when it starts', async () => {
  await (await portal())('realm', asIs).write({ fields: ['email'] });
  expect(await (await portal())('realm', asIs).read()).toEqual({ fields: ['email'] });
});

test('each thing, and each realm, has a place of its own', async () => {
  await (await portal())('realm', asIs).write('this one');
  expect(await (await portal())('texts de', asIs).read()).toBeUndefined();
  expect(await (await portal({ KEYCLOAK_REALM: 'other' }))('realm', asIs).read()).toBeUndefined();
});

test.each([
  ['changed', (text: string) => text.replace('email', 'creditCard')],
  ['cut short', (text: string) => text.slice(0, 20)],
  ['emptied', () => ''],
  ['no record at all', () => '[]'],
])('what was %s is not believed', async (_how, spoil) => {
  await (await portal())('realm', asIs).write({ fields: ['email'] });
  writeFileSync(fileOf(), spoil(readFileSync(fileOf(), 'utf8')));
  expect(await (await portal())('realm', asIs).read()).toBeUndefined();
});

test('a portal with another secret believes nothing of it; one that still knows the secret of before does', async () => {
  await (await portal())('realm', asIs).write('kept');
  const changed = { PORTAL_SECRET: 'y'.repeat(32) };
  expect(await (await portal(changed))('realm', asIs).read()).toBeUndefined();
  const both = { ...changed, PORTAL_SECRET_PREVIOUS: 'x'.repeat(32) };
  expect(await (await portal(both))('realm', asIs).read()).toBe('kept');
});

test('a folder that is gone costs nothing but the cache', async () => {
  const keep = (await portal({ REALM_CACHE: join(folder, 'gone') }))('realm', asIs);
  await keep.write('kept');
  expect(await keep.read()).toBeUndefined();
});
