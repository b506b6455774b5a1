import { domainToUnicode } from 'node:url';
import { WELL_KNOWN_DOMAINS } from '@/lib/email-suggestion';
import { asciiDomain } from './mailbox';

/** Why an address deceives: by what can't be seen in it, or by a domain that looks like another. */
export type Deception = 'emailInvisible' | 'emailLookalike';

/**
 * What takes no room, turns the direction of what follows, or is no character at all: controls, format characters (zero-width,
 * bidirectional, tags), separators, surrogates, private and unassigned ones, and spaces other than the plain one.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;

/** Letters, their marks, digits and the dash: what IDNA 2008 (RFC 5892) makes names of. */
const NAME = /^[\p{L}\p{M}\p{Nd}-]+$/u;

/**
 * The scripts that names are written in today (UAX 31, tables 5 and 7). Cherokee is left out: most of its letters pass for
 * Latin ones.
 */
const SCRIPTS = [
  ...[
    'Arabic',
    'Armenian',
    'Bengali',
    'Bopomofo',
    'Cyrillic',
    'Devanagari',
    'Ethiopic',
    'Georgian',
    'Greek',
    'Gujarati',
  ],
  ...['Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Hiragana', 'Kannada', 'Katakana', 'Khmer', 'Lao', 'Latin', 'Malayalam'],
  ...['Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan'],
  ...['Adlam', 'Canadian_Aboriginal', 'Javanese', 'Mongolian', 'Nko', 'Syriac', 'Tifinagh', 'Yi'],
];

/** UTS 39, 5.2, "Highly Restrictive": one script, or Latin with those of one East Asian language. */
const ONE_SCRIPT = [
  ...SCRIPTS.map((script) => [script]),
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
].map(
  (scripts) =>
    new RegExp(`^[${scripts.map((script) => `\\p{scx=${script}}`).join('')}\\p{scx=Common}\\p{scx=Inherited}]*$`, 'u'),
);

/**
 * Small letters that pass for a Latin one, out of Unicode's `confusables.txt` (UTS 39, 4; Unicode License v3): those of the
 * scripts that share their look with Latin, and Latin's own.
 */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  [
    'аaсcԁdеeҽeһhіiꙇiӏlјjоoрpԛqгrѕsѵvѡwԝwхxуyүy',
    'αaιiϳjοoσoρpυuνvγy',
    'քfցgհhոnռnօoգqզqսuաw',
    'ɑaꬲeꬵfꞙfẝfɡgᶃgƍgıiɪiɩiǀlᴏoᴑoꬽoꭇrꭈrꜱsƽsꞟuᴜuꭎuꭒuʋuᴠvɯwᴡwɣyᶌyʏyỿyꭚyᴢz',
  ].flatMap((pairs) => pairs.match(/../gu)?.map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]) ?? []),
);

/** Where names in these scripts are at home, though the ending is Latin. */
const HOME: readonly (readonly [script: RegExp, endings: readonly string[]])[] = [
  [/\p{scx=Cyrillic}/u, ['bg', 'by', 'kg', 'kz', 'mk', 'mn', 'rs', 'ru', 'su', 'tj', 'ua', 'uz']],
  [/\p{scx=Greek}/u, ['cy', 'gr']],
  [/\p{scx=Armenian}/u, ['am']],
];

const ASCII = /^[\0-\x7F]*$/;

/** How it looks to somebody who reads Latin. */
const skeleton = (text: string) =>
  Array.from(text.normalize('NFC'), (letter) => LOOKS_LIKE.get(letter) ?? letter).join('');

/** UTS 39, 4: a label of another script that could as well be Latin. */
function isLatinInDisguise(label: string, ending: string): boolean {
  if (!ASCII.test(skeleton(label)) || /\p{scx=Latin}/u.test(label)) return false;
  const isAtHome = HOME.some(
    ([script, endings]) => script.test(label) && (endings.includes(ending) || script.test(ending)),
  );
  return !isAtHome;
}

function isLookalike(domain: string): boolean {
  if (WELL_KNOWN_DOMAINS.has(skeleton(domain))) return true;
  const labels = domain.split('.');
  const ending = labels.at(-1) ?? '';
  return labels
    .filter((label) => !ASCII.test(label))
    .some(
      (label) =>
        !NAME.test(label) || !ONE_SCRIPT.some((scripts) => scripts.test(label)) || isLatinInDisguise(label, ending),
    );
}

/**
 * Whether an address could be taken for another one (Unicode TS 39). It comes on top of Keycloak's own rule, which lets all
 * of Unicode pass. Names in one script are fine in any language; a domain in Punycode is judged as what it shows.
 * @param email an address that passed the realm's own format rules
 * @returns undefined where nothing deceives; an address in ASCII never does, but for Punycode
 */
export function deceptionOf(email: string): Deception | undefined {
  if (INVISIBLE.test(email)) return 'emailInvisible';
  const ascii = asciiDomain(email.slice(email.lastIndexOf('@') + 1));
  // What is no name of the DNS stays as it was typed.
  const shown = domainToUnicode(ascii) || ascii;
  if (ASCII.test(shown)) return undefined;
  return isLookalike(shown) ? 'emailLookalike' : undefined;
}
