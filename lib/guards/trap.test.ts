import { expect, test } from 'vitest';
import { isTrapped, tooSoon } from './trap';

test('only a robot fills the field that no person sees', () => {
  expect(isTrapped('https://buy.example')).toBe(true);
  for (const left of ['', null, undefined]) expect(isTrapped(left)).toBe(false);
});

test('a form that is sent at once waits for the rest of the time that a person needs, in whole seconds', () => {
  expect(tooSoon(10_000, 10_000, 2)).toBe(2);
  expect(tooSoon(10_000, 10_700, 2)).toBe(2);
  expect(tooSoon(10_000, 11_200, 2)).toBe(1);
  expect(tooSoon(10_000, 12_000, 2)).toBe(0);
  expect(tooSoon(10_000, 10_000, 0)).toBe(0);
});
