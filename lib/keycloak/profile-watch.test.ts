import { expect, test, vi } from 'vitest';
import { log } from '@/lib/telemetry/log';
import { profileWatch } from './profile-watch';

vi.mock('@/lib/telemetry/log', () => ({ log: vi.fn() }));

test('a fault of the user profile is named once, and again only after it was mended', () => {
  const watch = profileWatch();
  const named = [
    { phone: ['user'], country: ['admin', 'user'] },
    { phone: ['user'], country: ['admin', 'user'] },
    { phone: ['user'], country: ['user'] },
    { phone: ['admin', 'user'], country: ['user'] },
    { phone: ['user'], country: ['user'] },
  ].map((edit) => {
    vi.mocked(log).mockClear();
    const attributes = Object.entries(edit).map(([name, roles]) => ({ name, permissions: { view: [], edit: roles } }));
    watch({ attributes }, false);
    return vi.mocked(log).mock.calls.map(([level, event, facts]) => [level, event, facts?.attribute]);
  });
  const phone = ['warn', 'realm.profile-fault', 'phone'];
  expect(named).toEqual([[phone], [], [['warn', 'realm.profile-fault', 'country']], [], [phone]]);
});

test('what stops every sign-up is an error', () => {
  vi.mocked(log).mockClear();
  profileWatch()({ attributes: [{ name: 'crm', required: {}, permissions: { edit: ['admin'] } }] }, false);
  expect(vi.mocked(log).mock.calls).toEqual([
    ['error', 'realm.profile-fault', expect.objectContaining({ attribute: 'crm', fault: 'not-askable' })],
  ]);
});
