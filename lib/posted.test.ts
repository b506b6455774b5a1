import { expect, test } from 'vitest';
import { formOf, nextAttempt, stateOf } from './posted';

test('an action called with anything else than a form gets an empty one', () => {
  const form = new FormData();
  expect(formOf(form)).toBe(form);
  for (const posted of [undefined, null, 1, 'x', [], { get: 1 }]) expect([...formOf(posted)]).toEqual([]);
});

test('answers are counted on from what the page says, where that is a number of answers', () => {
  expect(nextAttempt({ attempt: 4 })).toBe(5);
  for (const attempt of [-1, 0.5, 1e300, Number.NaN, '4', null, {}]) expect(nextAttempt({ attempt })).toBe(1);
  for (const posted of [undefined, null, 'x', 7]) expect(nextAttempt(posted)).toBe(1);
});

test('a state that is none says nothing', () => {
  expect(stateOf(null)).toEqual({});
  expect(stateOf({ failed: true }).failed).toBe(true);
});
