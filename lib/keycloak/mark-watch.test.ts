import { beforeEach, expect, test, vi } from 'vitest';
import type { UPConfig } from '@/lib/profile/types';
import { SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { log } from '@/lib/telemetry/log';
import { keepsMark, markWatch } from './mark-watch';

vi.mock('@/lib/telemetry/log', () => ({ log: vi.fn() }));
beforeEach(() => vi.mocked(log).mockClear());

const withMark = (edit: string[]): UPConfig => ({ attributes: [{ name: SIGN_UP_MARK, permissions: { edit } }] });

test('only a mark that administrators alone may edit is one', () => {
  expect(keepsMark({})).toBe(false);
  expect(keepsMark(withMark([]))).toBe(false);
  expect(keepsMark(withMark(['admin', 'user']))).toBe(false);
  expect(keepsMark(withMark(['admin']))).toBe(true);
});

test('a realm without it is named once, and again after it was mended', () => {
  const watch = markWatch();
  for (const edit of [[], [], ['admin'], []]) watch(withMark(edit));
  expect(vi.mocked(log).mock.calls.map(([level, event]) => [level, event])).toEqual([
    ['warn', 'realm.mark-missing'],
    ['warn', 'realm.mark-missing'],
  ]);
});
