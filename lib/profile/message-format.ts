/** Java's `MessageFormat` for the texts of Keycloak's themes and realms. */

/** What stands for `{0}`, `{1}`...; null prints as Java prints it. */
export type MessageArgument = string | number | null;

interface Placeholder {
  readonly index: number;
  readonly type: string;
  readonly style: string;
}

type Part = string | Placeholder;

const PLACEHOLDER = /^(\d+)(?:,\s*(number|choice|date|time)\s*(?:,(.*))?)?$/is;

/** The text of a placeholder up to its closing brace; braces nest, and quotes hide them. */
function placeholderEnd(pattern: string, start: number): number {
  let depth = 1;
  let isQuoted = false;
  for (let index = start; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && character === '{') depth++;
    else if (!isQuoted && character === '}' && --depth === 0) return index;
  }
  return -1;
}

/** `MessageFormat.applyPattern`; undefined where Java throws, for example for an open brace. */
function parse(pattern: string): Part[] | undefined {
  const parts: Part[] = [];
  let literal = '';
  let isQuoted = false;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "'") {
      if (pattern[index + 1] === "'") {
        literal += "'";
        index++;
      } else {
        isQuoted = !isQuoted;
      }
    } else if (character === '{' && !isQuoted) {
      const end = placeholderEnd(pattern, index + 1);
      const [, number, type = '', style = ''] = PLACEHOLDER.exec(pattern.slice(index + 1, Math.max(end, 0))) ?? [];
      if (number === undefined) return undefined;
      parts.push(literal, { index: Number(number), type: type.toLowerCase(), style });
      literal = '';
      index = end;
    } else {
      literal += character;
    }
  }
  return [...parts, literal];
}

/** `ChoiceFormat.applyPattern`: limits in rising order, `#` for "from here on", `<` for "above". */
function choose(pattern: string, number: number): string {
  let chosen: string | undefined;
  let isQuoted = false;
  let text = '';
  let applies: boolean | undefined;
  const close = () => {
    if (applies === true || (applies === false && chosen === undefined)) chosen = text;
    text = '';
    applies = undefined;
  };
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "'") {
      if (pattern[index + 1] === "'") {
        text += "'";
        index++;
      } else {
        isQuoted = !isQuoted;
      }
    } else if (isQuoted) {
      text += character;
    } else if (applies === undefined && /[#<\u2264]/.test(character)) {
      const limit =
        text.trim() === '-\u221E' ? Number.NEGATIVE_INFINITY : Number(text.trim().replace('\u221E', 'Infinity'));
      applies = character === '<' ? number > limit : number >= limit;
      text = '';
    } else if (character === '|') {
      close();
    } else {
      text += character;
    }
  }
  close();
  return chosen ?? '';
}

function formatNumber(number: number, style: string, locale: string): string {
  const keyword = style.trim();
  const options: Intl.NumberFormatOptions =
    keyword === 'percent' ? { style: 'percent' } : { maximumFractionDigits: keyword === 'integer' ? 0 : 3 };
  return new Intl.NumberFormat(locale, options).format(number);
}

function formatPart(part: Part, args: readonly MessageArgument[], locale: string): string {
  if (typeof part === 'string') return part;
  const argument = args[part.index];
  if (argument === undefined) return `{${part.index}}`;
  if (argument === null) return 'null';
  // Java insists on a number here and fails otherwise; a number that became text on its way is still one.
  const number = Number(argument);
  if (part.type === 'choice' && !Number.isNaN(number)) {
    const chosen = choose(part.style, number);
    return chosen.includes('{') ? formatMessage(chosen, args, locale) : chosen;
  }
  if (typeof argument === 'number' || (part.type === 'number' && !Number.isNaN(number))) {
    return formatNumber(number, part.style, locale);
  }
  return argument;
}

/**
 * `new MessageFormat(pattern, locale).format(args)`: doubled quotes, quoted braces, numbers of the locale and `choice`.
 *
 * @param locale BCP 47 tag
 * @returns the text; a pattern that Java would refuse is returned as it is, since a reader gets more from it than from
 *   an error page
 */
export function formatMessage(pattern: string, args: readonly MessageArgument[], locale: string): string {
  return (
    parse(pattern)
      ?.map((part) => formatPart(part, args, locale))
      .join('') ?? pattern
  );
}

/** @returns the key of a text that is exactly `${key}`, the only form that Keycloak resolves */
export function realmTextKey(text: string): string | undefined {
  return /^\$\{(.*)\}$/s.exec(text)?.[1];
}

/**
 * Resolves a text of the realm (Keycloak `AdvancedMessageFormatterMethod`): exactly `${key}` is a message, anything else
 * is literal, also with `${key}` in its middle.
 *
 * @param lookup the realm's message of a key in the visitor's language
 * @returns the text; the bare key where there is no such message
 */
export function resolveRealmText(text: string, lookup: (key: string) => string | undefined): string {
  const key = realmTextKey(text);
  return key === undefined ? text : formatMessage(lookup(key) ?? key, [], 'en');
}
