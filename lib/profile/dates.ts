import { asciiDigits } from './java-text';

/** The two date rules of Keycloak: Java's `ISO_LOCAL_DATE` and Java's short date of a locale. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(month: number, day: number, leapYear: boolean): boolean {
  const days = month === 2 && leapYear ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

function isGregorianLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

// More than four digits need a sign, four digits must not have a plus (SignStyle.EXCEEDS_PAD).
const ISO_DATE = /^(\d{4}|\+\d{5,10}|-\d{4,10})-(\d\d)-(\d\d)$/;
const MAX_ISO_YEAR = 999_999_999;

/** `DateTimeFormatter.ISO_LOCAL_DATE` in its strict style, as Keycloak's `IsoDateValidator` uses it. */
export function isIsoDate(value: string): boolean {
  const [, year = '', month, day] = ISO_DATE.exec(value) ?? [];
  const number = Number(year);
  if (year === '' || Math.abs(number) > MAX_ISO_YEAR || (year.startsWith('-') && number === 0)) return false;
  return isDay(Number(month), Number(day), isGregorianLeapYear(number));
}

/**
 * The short date pattern of each locale of Keycloak's login theme, as `DateFormat.getDateInstance(SHORT, locale)` gives
 * it on Java 17 and 25 (CLDR). Only order and separators matter to parsing, not the number of letters. To add a locale,
 * add its tag to its pattern.
 */
const SHORT_DATES: Readonly<Record<string, string>> = {
  'M/d/y': 'en',
  'd.M.y': 'az cs da de fi hy ka kk lv no pl ro ru tr uk',
  'd/M/y': 'ca el es fr id it ky pt pt-BR th vi',
  'd\u200F/M\u200F/y': 'ar',
  'd-M-y': 'nl',
  'd. M. y': 'sk sl',
  'd. M. y.': 'hr',
  'y/M/d': 'eu fa ja zh-CN zh-TW zh-Hans zh-Hant',
  'y-M-d': 'lt sv',
  'y. M. d.': 'hu ko',
};

function shortDatePattern(locale: string): string | undefined {
  return Object.keys(SHORT_DATES).find((pattern) => SHORT_DATES[pattern]?.split(' ').includes(locale));
}

const DIGITS = /^[ \t]*(\p{Nd}+)/u;
// Beyond nine digits Java's number leaves the range of an int and wraps around: nobody's date, so Keycloak decides.
const MAX_DIGITS = 9;

function isCalendarDate(year: number, yearDigits: number, month: number, day: number): boolean {
  // Two digits mean the year within 80 years before and 20 after today: 2000 is in that range, 1900 and 2100 are not.
  if (yearDigits === 2) return isDay(month, day, year % 4 === 0);
  if (year < 1) return false;
  // GregorianCalendar changes from the Julian calendar on 15 October 1582; the ten days before it do not exist.
  const date = (year * 100 + month) * 100 + day;
  if (date > 15821004 && date < 15821015) return false;
  return isDay(month, day, date < 15821015 ? year % 4 === 0 : isGregorianLeapYear(year));
}

/**
 * Keycloak's `LocalDateValidator`: `DateFormat.SHORT` of the locale, not lenient. As in Java, blanks before a number and
 * any text after the date are accepted.
 *
 * @param locale BCP 47 tag as Keycloak names it, for example `en` or `pt-BR`
 * @returns undefined when the locale's pattern is not known here: the value is then left to Keycloak
 */
export function isShortDate(value: string, locale: string): boolean | undefined {
  const pattern = shortDatePattern(locale);
  if (pattern === undefined) return undefined;
  const parts: Record<string, string> = {};
  let rest = value;
  for (const token of pattern) {
    if (/[yMd]/.test(token)) {
      const [match = '', digits = ''] = DIGITS.exec(rest) ?? [];
      const ascii = asciiDigits(digits);
      if (!ascii) return false;
      parts[token] = ascii;
      rest = rest.slice(match.length);
    } else {
      if (!rest.startsWith(token)) return false;
      rest = rest.slice(token.length);
    }
  }
  const { y = '', M = '', d = '' } = parts;
  if ([y, M, d].some((digits) => digits.length > MAX_DIGITS)) return undefined;
  return isCalendarDate(Number(y), y.length, Number(M), Number(d));
}
