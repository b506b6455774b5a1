/**
 * What Java means by trimming, blank, digit and number. Keycloak judges with these, and JavaScript's own `trim`, `\s` and
 * `parseInt` differ from them.
 */

/** `String.trim`: strips code units up to U+0020 at both ends; a no-break space stays. */
export function javaTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** Keycloak's `Validation.isBlank`: nothing typed, or nothing left after {@link javaTrim}. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || javaTrim(text) === '';
}

// Java's Character.isWhitespace: every Unicode space but the no-break ones (U+00A0, U+2007, U+202F).
const SEPARATORS = '\\x1C-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000';
const ONLY_WHITESPACE = new RegExp(`^[\\t-\\r${SEPARATORS}]*$`);

/** Java's `String.isBlank` (Keycloak `StringUtil.isBlank`): what Keycloak does not store. Wider than {@link isBlank}. */
export function isWhitespace(text: string): boolean {
  return ONLY_WHITESPACE.test(text);
}

const DIGIT = /^\p{Nd}$/u;

function digitOf(text: string, index: number): number {
  const code = text.charCodeAt(index);
  // The decimal digits of a script are ten neighbours, zero first: the value is the number of digits before this one.
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCharCode(code - value - 1))) value++;
  return value;
}

/**
 * The digits of any script as ASCII digits, as Java's `Character.digit` reads them: one UTF-16 unit at a time, so scripts
 * outside of the basic plane have no digits here.
 *
 * @returns null when there is anything but digits
 */
export function asciiDigits(text: string): string | null {
  let ascii = '';
  for (let index = 0; index < text.length; index++) {
    if (!DIGIT.test(text.charAt(index))) return null;
    ascii += digitOf(text, index);
  }
  return ascii;
}

/**
 * `Long.parseLong`: an optional sign and decimal digits of any script of the basic plane.
 *
 * @returns the number, or null where Java throws `NumberFormatException` (also out of the 64-bit range)
 */
export function parseLong(text: string): bigint | null {
  const digits = asciiDigits(text.replace(/^[+-]/, ''));
  if (!digits) return null;
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  return BigInt.asIntN(64, value) === value ? value : null;
}

const DECIMAL = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;
const HEXADECIMAL = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)[fFdD]?$/;

/**
 * `Double.parseDouble` (the grammar of `Double.valueOf`): surrounding blanks, exponents, `NaN`, `Infinity`, hexadecimal
 * and a trailing `d` or `f` are all fine.
 *
 * @returns the number, or null where Java throws `NumberFormatException`
 */
export function parseDouble(text: string): number | null {
  const trimmed = javaTrim(text);
  if (DECIMAL.test(trimmed)) return Number(trimmed.replace(/[fFdD]$/, ''));
  const [, sign, whole = '', fraction = '', exponent] = HEXADECIMAL.exec(trimmed) ?? [];
  if (whole + fraction === '') return null;
  const mantissa = Number(`0x${whole}${fraction}`);
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
