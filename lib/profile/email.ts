/** Keycloak's e-mail rule (`EmailValidationUtil` 26.7, after Hibernate Validator), without its backtracking. */

/** `EmailValidationUtil.MAX_LOCAL_PART_LENGTH`, in UTF-16 units. */
export const MAX_LOCAL_PART_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 255;
const MAX_LABEL_LENGTH = 63;
/** NFKC makes one character of at most six UTF-16 units (U+16126), and each character takes at least one in ASCII. */
const MAX_TYPED_DOMAIN_LENGTH = 8 * MAX_DOMAIN_LENGTH;

// Java's ranges end at U+FFFF and match by code point, so an emoji is outside of them: hence the `u` flag.
const WORD = "\\w!#$%&'*+/=?^`{|}~\\u0080-\\uFFFF";
const QUOTED = `"(?:[${WORD}.(),<>\\[\\]:; @\\-]|\\\\\\\\|\\\\")+"`;
const PIECE = `(?:[${WORD}\\-]+|${QUOTED})`;
const LOCAL_PART = new RegExp(`^${PIECE}(?:\\.${PIECE})*$`, 'u');
// Unlike a local part, a domain has no underscore, and a dash only inside of a label.
const DOMAIN_LABEL = /^(?!-)[A-Za-z0-9!#$%&'*+/=?^`{|}~\u0080-\uFFFF-]+(?<!-)$/u;

const HEX = '[\\da-fA-F]{1,4}';
const V4 = '(?:(?:25[0-5]|(?:2[0-4]|1?\\d)?\\d)\\.){3}(?:25[0-5]|(?:2[0-4]|1?\\d)?\\d)';
const IP_V6 = [
  `(?:${HEX}:){7}${HEX}`,
  `(?:${HEX}:){1,7}:`,
  ...[1, 2, 3, 4, 5, 6].map((tail) => `(?:${HEX}:){1,${7 - tail}}(?::${HEX}){1,${tail}}`),
  `:(?:(?::${HEX}){1,7}|:)`,
  '[fF][eE]80:(?::[\\da-fA-F]{0,4}){0,4}%[\\da-zA-Z]+',
  `::(?:[fF]{4}(?::0{1,4})?:)?${V4}`,
  `(?:${HEX}:){1,4}:${V4}`,
].join('|');
const ADDRESS_LITERAL = new RegExp(`^\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[iI][pP][vV]6:(?:${IP_V6}))\\]$`);

const ASCII = /^[\0-\x7F]*$/;

/**
 * RFC 3492, section 6: how long a label gets in Punycode, in characters, `xn--` included. The work grows with the square
 * of the label, so one that is too long for sure is not worked out.
 */
function punycodeLength(label: string): number {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  if (points.length > MAX_LABEL_LENGTH) return points.length;
  const basic = points.filter((point) => point < 0x80).length;
  let length = 'xn--'.length + basic + (basic > 0 ? 1 : 0);
  let handled = basic;
  let bias = 72;
  let delta = 0;
  let current = 0x80;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= current));
    delta += (next - current) * (handled + 1);
    current = next;
    for (const point of points) {
      if (point < current) delta++;
      if (point !== current) continue;
      let rest = delta;
      for (let k = 36; ; k += 36) {
        const threshold = Math.min(Math.max(k - bias, 1), 26);
        length++;
        if (rest < threshold) break;
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      let scaled = Math.floor(delta / (handled === basic ? 700 : 2));
      scaled += Math.floor(scaled / (handled + 1));
      let k = 0;
      for (; scaled > 455; k += 36) scaled = Math.floor(scaled / 35);
      bias = k + Math.floor((36 * scaled) / (scaled + 38));
      delta = 0;
      handled++;
    }
    delta++;
    current++;
  }
  return length;
}

/** The length of a label as `java.net.IDN.toASCII` writes it. */
function asciiLength(label: string): number {
  if (ASCII.test(label)) return label.length;
  // RFC 3491 (nameprep) folds case and applies NFKC before a label is encoded.
  const prepared = label.toLowerCase().replaceAll('ß', 'ss').normalize('NFKC');
  return ASCII.test(prepared) ? prepared.length : punycodeLength(prepared);
}

function isDomain(domain: string): boolean {
  // Normalizing takes time that grows with the square of a run of combining marks.
  if (domain.length > MAX_TYPED_DOMAIN_LENGTH) return false;
  if (!ADDRESS_LITERAL.test(domain) && !domain.split('.').every((label) => DOMAIN_LABEL.test(label))) return false;
  // RFC 3490, section 3.1: three more characters separate labels.
  const lengths = domain.split(/[.\u3002\uFF0E\uFF61]/).map(asciiLength);
  if (lengths.some((length) => length > MAX_LABEL_LENGTH)) return false;
  return lengths.reduce((sum, length) => sum + length + 1, -1) <= MAX_DOMAIN_LENGTH;
}

function localPartOf(email: string): string {
  return email.slice(0, Math.max(email.lastIndexOf('@'), 0));
}

/**
 * `EmailValidationUtil.isValidEmail`. Nothing is trimmed: a leading blank is an error. What Java's IDN tables of Unicode
 * 3.2 forbid beyond lengths (unassigned characters, mixed directions) is left to Keycloak.
 *
 * @param maxLocalPartLength in UTF-16 units
 */
export function isEmail(value: string, maxLocalPartLength: number = MAX_LOCAL_PART_LENGTH): boolean {
  const localPart = localPartOf(value);
  // Keycloak splits at the last @, since a quoted local part may hold others.
  return (
    localPart.length <= maxLocalPartLength &&
    LOCAL_PART.test(localPart) &&
    isDomain(value.slice(value.lastIndexOf('@') + 1))
  );
}

/** Whether mail to this address needs SMTPUTF8 (Keycloak `EmailValidator`, RFC 6531). */
export function hasNonAsciiLocalPart(email: string): boolean {
  return !ASCII.test(localPartOf(email));
}
