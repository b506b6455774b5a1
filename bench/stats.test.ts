import { expect, it } from 'vitest';
import { exponentOf, figure, median, quantile } from './stats';

it('takes the middle, and the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

it('finds what almost all do not exceed', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([quantile(values, 0.5), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([50, 99, 7]);
});

it('keeps the spread', () => {
  expect(figure([2, 9, 4])).toEqual({ median: 4, least: 2, most: 9, samples: 3 });
});

it.each([
  ['constant', (size: number) => 7 * size ** 0, 0],
  ['linear', (size: number) => 3 * size, 1],
  ['square', (size: number) => size ** 2, 2],
])('tells growth by its exponent: %s', (_, of, exponent) => {
  expect(exponentOf([5, 50, 200].map((size) => [size, of(size)] as const))).toBeCloseTo(exponent);
});
