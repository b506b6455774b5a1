import { expect, test } from 'vitest';
import { generateCase } from './generate';
import { shrink } from './shrink';

test('a case that fails is made as small as the fault', async () => {
  // The pretended fault: a realm with more than one attribute of its own, and an x among what was typed.
  const fails = ({ world, visit }: ReturnType<typeof generateCase>) =>
    (world.profile.attributes ?? []).length > 3 && Object.values(visit.wishes).flat().join('').includes('x');
  const large = Array.from({ length: 500 }, (_, index) => generateCase(1, index)).find(fails);
  if (large === undefined) throw new Error('no case has the pretended fault');
  const small = await shrink(large, async (candidate) => fails(candidate));
  expect(fails(small)).toBe(true);
  expect(small.world.profile.attributes).toHaveLength(4);
  expect(Object.values(small.visit.wishes).flat()).toEqual(['x']);
  expect(small.visit.forged).toBe(false);
});

test('a seed always gives the same cases, and another seed others', () => {
  expect(generateCase(7, 42)).toEqual(generateCase(7, 42));
  expect(generateCase(7, 42)).not.toEqual(generateCase(8, 42));
});
