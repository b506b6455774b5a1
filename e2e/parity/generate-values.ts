import type { Field, Rule } from '../../lib/profile/types';
import type { Random } from './random';

/** Texts that trip up one or another: blanks, scripts, directions, controls, markup, template syntax. */
const ODD = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u3000',
  'a',
  'Ann',
  ' Ann ',
  "O'Brien",
  'José',
  'Jose\u0301',
  'Straße',
  'İstanbul',
  'Привет',
  'Ελλάδα',
  '测试',
  'مرحبا',
  '\u200fשלום',
  '\u202eabc',
  '😀',
  'a😀b',
  '👩‍👩‍👧',
  'a\u200bb',
  'a\u0000b',
  'a\u0001b',
  'a\u000bb',
  'a\u007fb',
  '\u001c',
  '\u2007',
  '\u202f',
  'a\ufeffb',
  '\ud800x',
  '\u0301',
  'a\u0085b',
  'a\u2028b',
  'a\nb',
  'a\r\nb\rc',
  '<b>bold</b>',
  '&amp;',
  '"quoted"',
  `$${'{7*7}'}`,
  '{0}',
  "{'",
  '%s',
  '__proto__',
  'null',
  'true',
  '0',
  '١٢٣',
  'a,b;c',
  'name@host',
  'x'.repeat(2048),
  'x'.repeat(2049),
  ` ${'x'.repeat(2048)} `,
];

const NUMBERS = [
  '0',
  '1',
  '-1',
  '+5',
  '5',
  '10',
  '11',
  '12',
  '42',
  '007',
  '100',
  '101',
  '2048',
  '2049',
  ' 7 ',
  '1.5',
  '1,5',
  '1e3',
  '.5',
  '5.',
  '0x1p3',
  'NaN',
  'Infinity',
  '-Infinity',
  '1d',
  '٤٢',
  '９',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775809',
  '1_000',
  '--1',
  '1 000',
];

const EMAILS = [
  'a@b.c',
  'User@Example.COM',
  'a+b@example.com',
  'josé@example.com',
  'tëst@domain.example',
  '用户@例子.公司',
  'user@bücher.example',
  'user@xn--bcher-kva.example',
  'user@localhost',
  'user@[1.2.3.4]',
  'user@[IPv6:2001:db8::1]',
  '"quoted space"@example.com',
  '"a@b"@example.com',
  'a@b@c.d',
  '.a@b.c',
  'a.@b.c',
  'a..b@c.d',
  'a@b..c',
  'a@b.c.',
  'a@-b.c',
  'a@b-.c',
  'a@b_c.d',
  ' a@b.c',
  'a@b.c ',
  'a b@c.d',
  '@b.c',
  'a@',
  'a',
  'a@ß.example',
  "o'neil@example.com",
  'a!#$%&*+/=?^_`{|}~-@example.com',
  '😀@example.com',
  'a\u0301@example.com',
  'ΣΑΣ@example.com',
  'İ@example.com',
  `${'x'.repeat(10)}@example.com`,
  `${'x'.repeat(11)}@example.com`,
  `${'x'.repeat(64)}@example.com`,
  `${'x'.repeat(65)}@example.com`,
  `a@${'x'.repeat(63)}.example`,
  `a@${'x'.repeat(64)}.example`,
  `a@${`${'x'.repeat(49)}.`.repeat(5)}abc`,
  `${'x'.repeat(60)}@${`${'x'.repeat(47)}.`.repeat(4)}ab`,
  `a@${`${'x'.repeat(49)}.`.repeat(6)}abc`,
  'a@b。c',
  `a@${'e\u0301'.repeat(30)}.example`,
  `${'x'.repeat(2036)}@example.com`,
  `${'x'.repeat(2037)}@example.com`,
];

const USERNAMES = [
  'newcomer',
  'New.Comer-1_2',
  'new@comer',
  'new+comer',
  'ab',
  'abc',
  'abcdefgh',
  'abcdefghi',
  'x'.repeat(40),
  'x'.repeat(41),
  'x'.repeat(255),
  'x'.repeat(256),
  'ünïcode',
  'u\u0308nicode',
  'İstanbul',
  'STRASSE',
  'ΣΑΣ',
  'пользователь',
  'Аdmin',
  'a b',
  ' abc',
  'abc ',
  'a,b',
  "a'b",
  'a`b',
  'a:b',
  'a/b',
  'a\tb',
  'emoji😀',
];

/** Of those who are there already: see `FIXED_USERS`. */
const TAKEN = [
  'taken',
  'TAKEN',
  'taken@example.com',
  'Taken@Example.com',
  'crossed@example.com',
  'other@example.com',
  'GRÖßE',
  'Size@EXAMPLE.com',
];

const URIS = [
  'https://example.com',
  'http://example.com/a?b=c#d',
  'https://example.com/#part',
  'HTTP://example.com',
  'ftp://example.com/x',
  'mailto:a@b.c',
  'https:foo',
  'https://',
  'example.com',
  '//example.com',
  'https://exa mple.com',
  'https://bücher.example',
  'https://user:pw@example.com:8443/',
  'https://example.com/%zz',
  'https://example.com/ü',
  'https://[::1]/',
  'javascript:alert(1)',
];

const DATES = [
  '2024-02-29',
  '2023-02-29',
  '2024-2-9',
  ' 2024-02-29',
  '+12024-01-01',
  '2024-13-01',
  '1/2/2024',
  '1/2/24',
  '12/31/2024',
  '31/12/2024',
  '31.12.2024',
  '31.12.24',
  '1.2.24abc',
  '1/2/2024abc',
  '٣١/١٢/٢٠٢٤',
  '31\u200f/12\u200f/2024',
  '2024-02',
  '23:59',
  '2024-02-29T12:00',
];

const PATTERNED = [
  'abc',
  'ABC',
  'def',
  'AB1234',
  'ab1234',
  '123',
  '12345',
  '123456',
  'a@b',
  'aaab',
  'a.b',
  'axb',
  'word',
  'Zoë',
  "Zoë O'Neil",
  'kelvin\u212a',
  'a1',
];

const BY_VALIDATOR: Readonly<Record<string, readonly string[]>> = {
  integer: NUMBERS,
  double: NUMBERS,
  email: EMAILS,
  uri: URIS,
  'local-date': DATES,
  'iso-date': DATES,
  pattern: PATTERNED,
  'username-prohibited-characters': USERNAMES,
  'up-username-not-idn-homograph': USERNAMES,
};

const BY_INPUT: Readonly<Record<string, readonly string[]>> = {
  number: NUMBERS,
  email: EMAILS,
  url: URIS,
  date: DATES,
  month: DATES,
  time: DATES,
  'datetime-local': DATES,
};

/** @returns the lengths around a limit */
function lengths(value: unknown): number[] {
  const edge = Number(value ?? Number.NaN);
  return Number.isSafeInteger(edge) ? [edge - 1, edge, edge + 1].filter((one) => one >= 0 && one <= 6000) : [];
}

/** @returns the numbers around a limit, 64-bit ones too */
function numbers(value: unknown): string[] {
  const text = String(value ?? '');
  if (/^-?\d+$/.test(text)) return [-1n, 0n, 1n].map((step) => String(BigInt(text) + step));
  return text === '' ? [] : [text, String(Number(text) - 0.1), String(Number(text) + 0.1)];
}

function aimedAt(rule: Rule): string[] {
  const { config } = rule;
  switch (rule.id) {
    case 'length':
      return [...lengths(config.min), ...lengths(config.max)].flatMap((count) => [
        'e\u0301'.repeat(Math.ceil(count / 2)),

        'x'.repeat(count),
        ` ${'y'.repeat(count)} `,
        '😀'.repeat(Math.ceil(count / 2)),
      ]);
    case 'integer':
    case 'double':
      return [...numbers(config.min), ...numbers(config.max)];
    case 'options':
      return Array.isArray(config.options) ? config.options.filter((one) => typeof one === 'string') : [];
    default:
      return [];
  }
}

/** Values that are worth trying on a field: around its own limits, and what has broken others. */
export function candidatesFor(field: Field): readonly string[] {
  const type = field.control.kind === 'input' ? field.control.type : '';
  const options = 'options' in field.control ? field.control.options.map(({ value }) => value) : [];
  const own =
    field.name === 'username' ? [...USERNAMES, ...TAKEN] : field.name === 'email' ? [...EMAILS, ...TAKEN] : [];
  return [
    ...options,
    ...options,
    ...own,
    ...(BY_INPUT[type] ?? []),
    ...field.rules.flatMap(aimedAt),
    ...field.rules.flatMap(({ id }) => BY_VALIDATOR[id] ?? []),
    ...ODD,
  ];
}

const PASSWORDS = [
  '',
  ' ',
  '        ',
  'a',
  'password',
  'Password1!',
  'PASSWORD',
  'pass word',
  'Harbour-light-42',
  'aB3$',
  'abcdefg',
  'abcdefgh',
  'abcdefghi',
  'abcdefghijkl',
  'abcdefghijklm',
  'Ünïcödé12!',
  'ПарольПароль1',
  '密码密码密码密码',
  '😀😀😀😀',
  'tab\tchar1A!',
  '____AAAaaa11',
  'newcomer',
  'xNEWCOMERx1A!',
  'a@b.c',
  'A@B.C',
  '١٢٣٤abcdAB',
  ' Leading1! ',
  'x'.repeat(64),
  'x'.repeat(65),
  'Aa1!'.repeat(40),
];

/** A password and its repetition: mostly the same, and often one that the policy is about. */
export function generatePassword(random: Random, owner: readonly string[]): { password: string; confirmation: string } {
  const own = owner.filter((one) => one !== '').flatMap((one) => [one, one.toUpperCase(), `${one}Aa1!`]);
  const password = random.pick(random.chance(0.2) && own.length > 0 ? own : PASSWORDS);
  return { password, confirmation: random.chance(0.85) ? password : random.pick(PASSWORDS) };
}
