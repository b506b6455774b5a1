import { beforeEach, expect, test, vi } from 'vitest';
import { log } from '@/lib/telemetry/log';
import { callAdmin } from './admin';
import { realmSnapshot, refreshSnapshot } from './snapshot';

vi.mock('./admin', () => ({ callAdmin: vi.fn() }));
vi.mock('@/lib/env', () => ({ env: () => ({ KEYCLOAK_REALM: 'demo' }) }));
vi.mock('@/lib/telemetry/log', () => ({ log: vi.fn(), reason: () => 'Error' }));

const REALM = { realm: 'demo', loginWithEmailAllowed: true, passwordPolicy: 'length(10)' };
/** All that Keycloak 26.7 shows of a realm to an account without `view-realm`. */
const OUTLINE = {
  realm: 'demo',
  displayName: 'Harbour',
  registrationEmailAsUsername: false,
  bruteForceProtected: false,
  supportedLocales: ['de', 'en'],
  defaultLocale: 'en',
  organizationsEnabled: false,
};

/** Has Keycloak answer the next load: the realm is asked for first. */
function answer(realm: object, edit: Readonly<Record<string, readonly string[]>> = {}): void {
  const attributes = Object.entries(edit).map(([name, roles]) => ({ name, permissions: { view: [], edit: roles } }));
  vi.mocked(callAdmin)
    .mockResolvedValueOnce({ status: 'ok', value: realm })
    .mockResolvedValueOnce({ status: 'ok', value: { attributes } });
}

const logged = (event: string) =>
  vi
    .mocked(log)
    .mock.calls.filter((call) => call[1] === event)
    .map(([level, , facts]): Record<string, unknown> => ({ level, ...facts }));

beforeEach(() => {
  vi.clearAllMocks();
});

test('a realm that shows only its outline counts as unreadable: the last good policy holds on', async () => {
  answer(REALM);
  expect(await refreshSnapshot()).toBe(true);
  answer(OUTLINE);
  expect(await refreshSnapshot()).toBe(false);
  expect((await realmSnapshot())?.settings.passwordPolicy).toBe('length(10)');
  expect(logged('realm.unreadable')).toEqual([
    { level: 'warn', reason: expect.stringContaining('view-realm'), lastGoodSnapshotServes: true },
  ]);
});

test('attributes that can’t be stored are named once each, and again only after they were mended', async () => {
  const loads = [
    { phone: ['user'], country: ['admin', 'user'] },
    { phone: ['user'], country: ['admin', 'user'] },
    { phone: ['user'], country: ['user'] },
    { phone: ['admin', 'user'], country: ['user'] },
    { phone: ['user'], country: ['user'] },
  ];
  const named = [];
  for (const edit of loads) {
    vi.mocked(log).mockClear();
    answer(REALM, edit);
    await refreshSnapshot();
    named.push(logged('realm.attribute-not-writable').map(({ level, attribute }) => [level, attribute]));
  }
  expect(named).toEqual([[['warn', 'phone']], [], [['warn', 'country']], [], [['warn', 'phone']]]);
});
