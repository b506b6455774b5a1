import { describe, expect, it } from 'vitest';
import { caretIn, formatNumber, unformatted } from './number-format';
import { EVERYONE, formWith } from './testing.fixture';
import type { UPAttribute } from './types';

const PHONE = '({2}) {5}-{4}';

/** What `formatNumber` of Keycloak's `common.js` gave for the same texts and templates, run in Node. */
const KEYCLOAK_GAVE = [
  ['', PHONE, ''],
  ['12345678901', PHONE, '(12) 34567-8901'],
  ['(12) 34567-8901', PHONE, '(12) 34567-8901'],
  ['(12) 345678901', PHONE, '(12) 34567-8901'],
  ['(12) 34567-890', PHONE, '(12) 34567-890'],
  ['123456789012345', PHONE, '(12) 34567-8901'],
  ['00000000000', PHONE, '(00) 00000-0000'],
  ['a1b2c3d4e5f6g7h8i9j0k1', PHONE, '(12) 34567-8901'],
  ['(12', PHONE, '(12'],
  ['call me', PHONE, ''],
  ['+', PHONE, ''],
  ['١٢٣٤٥٦٧٨٩٠١', PHONE, ''],
  ['(12) 34567-8901', '{11}', '12345678901'],
  ['(12) 345', '{11}', '(12) 345'],
  ['nothing', '{11}', ''],
  ['12345', 'plain', ''],
  ['12345', '', ''],
  ['123', '{0}x', 'x'],
  ['123', '{0}{2}', '12'],
  ['123456', '{3}{3}', '123456'],
  ['123456', '{3} {3}', '123 456'],
  ['1234567', '+49 {3} {4}', '+49 123 4567'],
  ['+49 123 4567', '+49 {3} {4}', '+49 491 2345'],
  ['12', '{2} {2} kg', '12'],
  ['1234', '{2} {2} kg', '12 34 kg'],
  ['12', '{x}{2}', '{x}12'],
  ['5', '{99999999999999999999}', '5'],
  ['1234', '{02}-{2}', '12-34'],
  ['9'.repeat(400), '{3}', '999'],
  ['204816', 'CC-{6}', 'CC-204816'],
  ['CC-204816', 'CC-{6}', 'CC-204816'],
  ['12', '{{2}}', '{12}'],
] as const;

describe('formatNumber', () => {
  it.each(KEYCLOAK_GAVE)('%j in %j: %j', (text, template, formatted) => {
    expect(formatNumber(text, template)).toBe(formatted);
  });

  it('lets a number be typed and deleted digit by digit', () => {
    let shown = '';
    for (const digit of '123456') shown = formatNumber(shown + digit, '{3} {3}');
    expect(shown).toBe('123 456');
    const left: string[] = [];
    while (shown !== '') {
      shown = formatNumber(shown.slice(0, -1), '{3} {3}');
      left.push(shown);
    }
    expect(left).toEqual(['123 45', '123 4', '123 ', '123', '12', '1', '']);
  });
});

describe('caretIn', () => {
  const at = (textWithCaret: string, template: string, forward = false) => {
    const [before = '', after = ''] = textWithCaret.split('|');
    const formatted = formatNumber(before + after, template);
    const caret = caretIn(formatted, before, forward);
    return `${formatted.slice(0, caret)}|${formatted.slice(caret)}`;
  };

  it.each([
    ['123456|', '{3} {3}', '123 456|'],
    ['1239| 456', '{3} {3}', '123 9|45'],
    ['129|3 456', '{3} {3}', '129| 345'],
    ['|123 456', '{3} {3}', '|123 456'],
    ['(|123', '({3})', '|(123)'],
    ['123 k|', '{3} kg', '123| kg'],
    ['9|123456', '{3} {3}', '9|12 345'],
    ['1234567|', '{3} {3}', '123 456|'],
  ])('%s in %s: %s', (typed, template, shown) => {
    expect(at(typed, template)).toBe(shown);
  });

  it('a deletion reaches the next digit, though the template puts its own signs back', () => {
    expect(at('123|456', '{3} {3}')).toBe('123| 456');
    expect(at('123|456', '{3} {3}', true)).toBe('123 |456');
  });
});

describe('unformatted', () => {
  const attribute = (name: string, annotations: UPAttribute['annotations'], more: Partial<UPAttribute> = {}) => ({
    name,
    permissions: EVERYONE,
    ...(annotations && { annotations }),
    ...more,
  });
  const model = formWith([
    attribute('phone', { kcNumberUnFormat: '{6}' }),
    attribute('phones', { kcNumberUnFormat: '{6}' }, { multivalued: true }),
    attribute('note', { kcNumberUnFormat: '{6}', inputType: 'textarea' }),
    attribute('empty', { kcNumberUnFormat: '' }),
    attribute('shown', { kcNumberFormat: '{3}-{3}' }),
    attribute('plain', undefined),
  ]);

  it('puts each value of an input with kcNumberUnFormat into its template, in place', () => {
    const posted = [
      ['phone', '123-456'],
      ['phones', '111 222'],
      ['other', '1-2'],
      ['phones', '12-'],
    ] as const;
    expect(unformatted(model, posted)).toEqual([
      ['phone', '123456'],
      ['phones', '111222'],
      ['other', '1-2'],
      ['phones', '12-'],
    ]);
  });

  it.each(['note', 'empty', 'shown', 'plain', 'constructor'])('leaves %s as it was typed', (name) => {
    expect(unformatted(model, [[name, '123-456']])).toEqual([[name, '123-456']]);
  });

  it('leaves files alone', () => {
    const file = new File(['1-2'], 'numbers.txt');
    expect(unformatted(model, [['phone', file]])).toEqual([['phone', file]]);
  });
});
