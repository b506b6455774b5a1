import { expect, it } from 'vitest';
import { Bounded } from './bounded';

const ofLength = (room: number) => new Bounded<string>(room, (value) => value.length);

it('lets go of what was not used for longest when there is no more room', () => {
  const kept = ofLength(10);
  kept.set('one', 'aaaa');
  kept.set('two', 'bbbb');
  kept.get('one');
  kept.set('three', 'cccc');
  expect([kept.get('one'), kept.get('two'), kept.get('three')]).toEqual(['aaaa', undefined, 'cccc']);
});

it('keeps nothing that is larger than all of its room', () => {
  const kept = ofLength(3);
  kept.set('one', 'aaaa');
  expect(kept.get('one')).toBeUndefined();
});

it('has its room again for what was replaced or taken out', () => {
  const kept = ofLength(4);
  for (const value of ['a', 'aaaa', 'aa']) kept.set('one', value);
  kept.set('two', 'bb');
  expect([kept.get('one'), kept.get('two')]).toEqual(['aa', 'bb']);
  kept.delete('one');
  kept.delete('one');
  kept.set('three', 'cc');
  expect([kept.get('two'), kept.get('three')]).toEqual(['bb', 'cc']);
});

it('never takes more than its room, however many keys there are', () => {
  const kept = ofLength(100);
  for (let key = 0; key < 10_000; key++) kept.set(String(key), 'x'.repeat(1 + (key % 30)));
  const left = Array.from({ length: 10_000 }, (_, key) => kept.get(String(key))?.length ?? 0);
  expect(left.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(100);
});
