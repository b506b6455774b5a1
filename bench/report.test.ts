import { expect, it } from 'vitest';
import { ratioOf, table } from './report';
import { figure } from './stats';

const row = {
  part: 'views',
  what: 'at once: 8',
  unit: '1/s',
  figures: { hosted: figure([600, 700, 800]), portal: figure([1_400]), bare: figure([5_000.4]) },
};

it('says how many times the portal the hosted page is', () => {
  expect(ratioOf(row)).toBe(0.5);
  expect(ratioOf({ ...row, figures: { portal: figure([1]) } })).toBeUndefined();
  expect(ratioOf({ ...row, figures: { hosted: figure([1]), portal: figure([0]) } })).toBeUndefined();
});

it('shows medians with their spread, and whatever else was measured beside', () => {
  const lines = table([row, { ...row, what: 'growth', exponent: 1.234 }]);
  expect(lines[2]?.replace(/ +/g, ' ')).toBe(
    '| views | at once: 8 | 1/s | 700 [600..800] | 1 400 | bare 5 000 | 0.50 | |',
  );
  expect(lines[3]).toContain('1.23');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
