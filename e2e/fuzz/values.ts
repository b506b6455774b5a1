import type { Random } from '../parity/random';
import type { FormControl } from './forms';

/** What every made-up value of a post carries, so that it is known again wherever it turns up. */
export function markerOf(seed: number, index: number): string {
  return `zq${seed}n${index}x`;
}

/** Numbers of the fuzzer's own harmless sign-ups begin above those of posts. */
export const FIRST_VISITOR = 1_000_000_000;
let visitors = Date.now();

/** A number that no sign-up had before, in this run or another. */
export const nextVisitor = (): number => ++visitors;

/** Finds markers in a text; the groups are the seed and the index. */
export const MARKER = /zq(\d+)n(\d+)x/gi;

/** The values of a harmless visitor. */
export function usualValue(control: FormControl, marker: string, random: Random): string | undefined {
  const { name, type, options, isRequired } = control;
  if (type === 'hidden') return control.value;
  if (type === 'checkbox' || type === 'radio') return random.chance(isRequired ? 1 : 0.2) ? control.value : undefined;
  if (type === 'select')
    return options.length === 0 ? '' : isRequired || random.chance(0.3) ? random.pick(options) : '';
  // The trap: a person leaves it empty.
  if (name.startsWith('$')) return control.value;
  if (name.startsWith('password')) return `Aa1-${marker}`;
  if (type === 'email' || name === 'email') return `${marker}@example.com`;
  if (name === 'username') return marker;
  if (isRequired) return `Ada ${marker}`;
  return random.chance(0.04) ? `Ada ${marker}` : '';
}

const LONE = ['\ud800', '\udfff', 'a\udc00b'];
const ODD_CHARACTERS = [
  '\0',
  '\u0001',
  '\u001b[31m',
  '\r\n',
  '\n',
  '\t',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2066',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\uffff',
  '\ufffd',
  'e\u0301',
  '\u{1f9ed}',
  '\u{1f468}\u200d\u{1f469}',
  '\u0627\u0644',
  'İ',
  'ß',
  'ﬁ',
  '<',
  '>',
  '&',
  '"',
  "'",
  '%',
  '$',
  '{',
  '}',
  '\\',
  '/',
  ';',
  ',',
  ':',
  '@',
  '+',
  ' ',
  ...LONE,
];

const JUNK = [
  '',
  ' ',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '0',
  '-1',
  '1e999',
  'NaN',
  '9007199254740993',
  "' OR 1=1--",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '../../etc/passwd',
  '%00',
  '%ff',
  '$F1',
  '$@1',
  '$K1',
  '$$',
  '__proto__',
  'constructor',
  'javascript:alert(1)',
  'a@b',
  '@',
  'a@b@c',
  '"a b"@example.com',
  'a@[127.0.0.1]',
  'a@xn--',
  'file:///etc/passwd',
  '2024-02-30',
  '$'.concat('{jndi:ldap://127.0.0.1/a}'),
];

/** A value that no form is made for, with the marker in it where there is room. */
export function oddValue(random: Random, marker: string, usual: string): string {
  switch (random.int(0, 6)) {
    case 0:
      return random.pick(JUNK);
    case 1:
      return `${random.pick(JUNK)}${marker}`;
    case 2: {
      const at = random.int(0, usual.length);
      return `${usual.slice(0, at)}${random.pick(ODD_CHARACTERS)}${usual.slice(at)}`;
    }
    case 3:
      return `${marker}${random.pick(ODD_CHARACTERS).repeat(random.int(1, 300))}`;
    case 4:
      return `${marker}${'x'.repeat(random.pick([64, 65, 255, 256, 2_047, 2_048, 2_049, 20_000]))}`;
    case 5:
      return `${marker}${'h'.repeat(random.pick([100_000, 260_000, 400_000]))}`;
    default:
      return usual
        .split('')
        .map((one) => (random.chance(0.3) ? random.pick(ODD_CHARACTERS) : one))
        .join('');
  }
}

/** Names that mean something to JavaScript, to React's protocol or to forms. */
export const ODD_NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  '',
  ' ',
  'a[b]',
  'a.b',
  'a[]',
  'groups',
  'enabled',
  'emailVerified',
  'realmRoles',
  'requiredActions',
  'attributes',
  'id',
  'vestibule-sign-up',
  'locale',
  '$ACTION_ID_',
  '$ACTION_REF_1',
  '$ACTION_1:0',
  '$ACTION_1:1',
  '$ACTION_REF_',
  '$ACTION_KEY',
  '0',
  '1',
  '2',
  '1_',
  '_',
  '$',
  '$client_id',
  '$scope',
  '$redirect_uri',
  '$state',
  '$authorization',
  '$pending',
  'name"; filename="a',
  '\0',
  'e\u0301',
];
