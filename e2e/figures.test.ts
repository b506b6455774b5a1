import { expect, it } from 'vitest';
import { median, tables } from './figures';

const noted = (measure: string, row: object) => ({ type: `figure:${measure}`, description: JSON.stringify(row) });

it('prints a table for each measure that has rows, whatever else the tests are annotated with', () => {
  const text = tables([
    noted('later', { way: 'form', clicks: 2, fields: 2, touches: 0 }),
    { type: 'issue', description: 'not a figure' },
    noted('first-time', { way: 'passkey', clicks: 3, fields: 0, touches: 2 }),
    noted('later', { way: 'passkey', clicks: 12, fields: 0, touches: 1 }),
  ]);
  expect(text.split('\n')).toEqual([
    '',
    'From the mail to signed in, the click in the mail included',
    '  way      clicks  fields  touches',
    '  passkey       3       0        2',
    '',
    'Signing in again later',
    '  way      clicks  fields  touches',
    '  form          2       2        0',
    '  passkey      12       0        1',
    '',
  ]);
});

it('prints nothing where nothing was measured', () => {
  expect(tables([])).toBe('');
});

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2],
  [[7], 7],
])('the median of %j is %d', (figures, middle) => {
  expect(median(figures)).toBe(middle);
});
