import { afterEach, expect, test, vi } from 'vitest';
import { tameConsole } from './console';
import { log } from './log';

vi.mock('./log', async (original) => ({ ...(await original<typeof import('./log')>()), log: vi.fn() }));

const { warn, error } = console;
afterEach(() => {
  Object.assign(console, { warn, error });
});

test('what a library prints becomes a line of ours, without its message', () => {
  tameConsole();
  const { console: tamed } = globalThis;
  try {
    JSON.parse('{"email": ada@example.com}');
  } catch (thrown) {
    tamed.error(' x ', thrown);
  }
  tamed.warn('header ada@example.com is odd');
  tamed.error(Object.assign(new Error('aborted by ada@example.com'), { code: 'ECONNRESET' }));
  const told = vi.mocked(log).mock.calls;
  expect(told.map(([level, event, facts]) => [level, event, facts?.reason])).toEqual([
    ['error', 'library.error', 'SyntaxError'],
    ['warn', 'library.said', undefined],
    ['info', 'visitor.gone', 'Error ECONNRESET'],
  ]);
  expect(JSON.stringify(told)).toContain('console.test.ts');
  expect(JSON.stringify(told)).not.toContain('ada@');
});
