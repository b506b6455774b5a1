/** The character classes of `java.util.regex.Pattern`, as ranges of code points. */

/** First and last code point. */
export type Range = readonly [number, number];
export const MAX_POINT = 0x10ffff;
const DIGIT: Range[] = [[0x30, 0x39]];
const UPPER: Range[] = [[0x41, 0x5a]];
const LOWER: Range[] = [[0x61, 0x7a]];
const SPACE: Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const PUNCTUATION: Range[] = [
  [0x21, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0x7e],
];
const ALPHA = [...UPPER, ...LOWER];
const ALNUM = [...DIGIT, ...ALPHA];
const VERTICAL: Range[] = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
const HORIZONTAL: Range[] = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
/** What Java's dot does not match. */
export const LINE_ENDS: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

/** Java's predefined classes; all of them are ASCII but the spaces of `\h` and `\v`. */
export const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGIT,
  s: SPACE,
  w: [...DIGIT, ...UPPER, [0x5f, 0x5f], ...LOWER],
  h: HORIZONTAL,
  v: VERTICAL,
};

/** Java's POSIX classes, ASCII only: JavaScript's own `\p{Alpha}` means something else. */
export const POSIX: Readonly<Record<string, readonly Range[]>> = {
  Lower: LOWER,
  Upper: UPPER,
  ASCII: [[0, 0x7f]],
  Alpha: ALPHA,
  Digit: DIGIT,
  Alnum: ALNUM,
  Punct: PUNCTUATION,
  Graph: [...ALNUM, ...PUNCTUATION],
  Print: [[0x20, 0x20], ...ALNUM, ...PUNCTUATION],
  Blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  Cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  XDigit: [...DIGIT, [0x41, 0x46], [0x61, 0x66]],
  Space: SPACE,
};

/** Everything that is in none of the ranges. */
export function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  return [...gaps, [next, MAX_POINT]];
}

/** Java folds ASCII letters only; engines fold all of Unicode, so both cases are spelled out instead. */
export function bothCases(range: Range): Range[] {
  const ranges = [range];
  for (const [from, to, shift] of [
    [0x41, 0x5a, 32],
    [0x61, 0x7a, -32],
  ] as const) {
    const first = Math.max(range[0], from);
    const last = Math.min(range[1], to);
    if (first <= last) ranges.push([first + shift, last + shift]);
  }
  return ranges;
}
