import { bothCases, CLASSES, complement, LINE_ENDS, MAX_POINT, POSIX, type Range } from './java-classes';

/**
 * Translates a Java regular expression (`java.util.regex.Pattern`) for another engine, where the meaning stays exactly
 * the same. Whatever could differ is given up on, so that its value is left to Keycloak: possessive and atomic groups,
 * back references, flags other than a leading `(?i)`, class intersections, blocks, `\b`, `\G`, `\R`, `\X`.
 */

/** How the target engine writes what differs between engines. */
export interface Dialect {
  /** A single code point, as a literal that is fine inside and outside of a character class. */
  readonly codePoint: (point: number) => string;
  /** A Unicode property such as `L`, `Script=Latin` or `Alphabetic`; undefined when the engine has none of that name. */
  readonly property: (name: string, isNegated: boolean) => string | undefined;
  readonly hasLookaround: boolean;
}

class Untranslatable extends Error {}

function giveUp(): never {
  throw new Untranslatable();
}

type Item = Range | string;

const CATEGORY = /^(?:L[ulmot]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?)$/;
const BINARY = /^(?:Alphabetic|Ideographic|Lowercase|Uppercase|White_Space)$/i;
/** Properties that tell capitals from small letters; Java's `(?i)` changes what they mean. */
const CASED = /^(?:L[ult]|Lower|Upper|Lowercase|Uppercase)$/i;

const ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, f: 12, r: 13, a: 7, e: 27 };

class Translator {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly points: readonly string[],
    private readonly dialect: Dialect,
    private readonly ignoresCase: boolean,
  ) {}

  translate(): string {
    let output = '';
    while (this.index < this.points.length) output += this.piece();
    return output;
  }

  private peek(text: string): boolean {
    return this.points.slice(this.index, this.index + text.length).join('') === text;
  }

  private next(): string {
    return this.points[this.index++] ?? giveUp();
  }

  private piece(): string {
    const character = this.next();
    switch (character) {
      case '(':
        return this.open();
      case ')':
        this.depth--;
        return `)${this.quantifier()}`;
      case '|':
      case '^':
        return character;
      case '$':
        return this.end();
      case '*':
      case '+':
      case '?':
      case '{':
        return giveUp();
      default:
        return this.atom(character) + this.quantifier();
    }
  }

  private atom(character: string): string {
    if (character === '.') return this.set([...LINE_ENDS], true);
    if (character === '[') return this.characterClass();
    if (character !== '\\') return this.set([this.single(character)], false);
    return this.anchor() ?? this.set(this.escape(), false);
  }

  /** `\\A`, `\\z` and `\\Z`, which Java has beside `^` and `$`. */
  private anchor(): string | undefined {
    if (!this.peek('A') && !this.peek('z') && !this.peek('Z')) return undefined;
    switch (this.next()) {
      case 'A':
        return '^';
      case 'z':
        return '$';
      default:
        return this.end();
    }
  }

  private open(): string {
    this.depth++;
    if (!this.peek('?')) return '(?:';
    for (const kind of ['?:', '?=', '?!', '?<=', '?<!']) {
      if (!this.peek(kind)) continue;
      if (kind !== '?:' && !this.dialect.hasLookaround) return giveUp();
      this.index += kind.length;
      return `(${kind}`;
    }
    const name = /^\?<[A-Za-z][A-Za-z\d]*>/.exec(this.points.slice(this.index).join(''))?.[0];
    this.index += name?.length ?? giveUp();
    return '(?:';
  }

  /** Java's `$` also matches before a last line break; at the end of a whole match that makes no difference. */
  private end(): string {
    const rest = this.points.slice(this.index).join('');
    const isLast = /^\)*$/.test(rest) || (this.depth === 0 && rest.startsWith('|'));
    return isLast ? '$' : giveUp();
  }

  private quantifier(): string {
    const rest = this.points.slice(this.index).join('');
    const [text = '', mode] = /^(?:[*+?]|\{\d+(?:,\d*)?\})([?+]?)/.exec(rest) ?? [];
    if (mode === '+') return giveUp();
    this.index += text.length;
    return text;
  }

  private single(character: string): Range {
    const point = character.codePointAt(0) ?? giveUp();
    return [point, point];
  }

  private hex(pattern: RegExp): Range {
    const [text = '', digits] = pattern.exec(this.points.slice(this.index).join('')) ?? [];
    const point = Number.parseInt(digits ?? giveUp(), 16);
    // Halves of a surrogate pair would join to another character.
    if (point > MAX_POINT || (point >= 0xd800 && point <= 0xdfff)) return giveUp();
    this.index += text.length;
    return [point, point];
  }

  /** What follows a backslash, inside and outside of a class. */
  private escape(): Item[] {
    const character = this.next();
    const point = Object.hasOwn(ESCAPES, character) ? ESCAPES[character] : undefined;
    if (point !== undefined) return [[point, point]];
    if (character === 'x') return [this.hex(this.peek('{') ? /^\{([\da-fA-F]{1,6})\}/ : /^([\da-fA-F]{2})/)];
    if (character === 'u') return [this.hex(/^([\da-fA-F]{4})/)];
    if (character === 'p' || character === 'P') return this.property(character === 'P');
    const ranges = CLASSES[character.toLowerCase()];
    if (ranges !== undefined) return /[A-Z]/.test(character) ? complement(ranges) : [...ranges];
    return /[A-Za-z\d]/.test(character) ? giveUp() : [this.single(character)];
  }

  private property(isNegated: boolean): Item[] {
    const braced = /^\{([^}]*)\}|^([LMNPSZ])/.exec(this.points.slice(this.index).join(''));
    const name = braced?.[1] ?? braced?.[2] ?? giveUp();
    this.index += braced?.[0].length ?? 0;
    const bare = name.replace(/^Is(?=[A-Z])/, '');
    if (this.ignoresCase && CASED.test(bare)) return giveUp();
    const posix = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
    if (posix !== undefined) return isNegated ? complement(posix) : [...posix];
    return [this.dialect.property(this.unicodeName(name, bare), isNegated) ?? giveUp()];
  }

  private unicodeName(name: string, bare: string): string {
    if (CATEGORY.test(bare)) return bare;
    const script = /^(?:script|sc)=([A-Za-z_]+)$/i.exec(name)?.[1] ?? bare;
    if (script === name) return giveUp();
    const written = script.toLowerCase().replace(/(?:^|_)[a-z]/g, (start) => start.toUpperCase());
    return BINARY.test(script) && script === bare ? written : `Script=${written}`;
  }

  private characterClass(): string {
    const isNegated = this.peek('^');
    if (isNegated) this.index++;
    const items: Item[] = [];
    if (this.peek(']')) return giveUp();
    while (!this.peek(']')) {
      const character = this.next();
      if (character === '[' || (character === '&' && this.peek('&'))) return giveUp();
      const read = this.member(character);
      const [first] = read;
      const isSingle = read.length === 1 && typeof first === 'object' && first[0] === first[1];
      const after = this.points[this.index + 1];
      if (!this.peek('-') || after === ']' || after === undefined) items.push(...read);
      // A dash after a class such as \w is a dash; Java and JavaScript disagree about most of the other odd places.
      else if (isSingle && after !== '[') items.push(this.range(first[0]));
      else if (!isSingle && after !== '[' && after !== '-') items.push(...read, this.single(this.next()));
      else return giveUp();
    }
    this.index++;
    return this.set(items, isNegated);
  }

  private member(character: string): Item[] {
    return character === '\\' ? this.escape() : [this.single(character)];
  }

  private range(from: number): Range {
    this.index++;
    const [to, ...others] = this.member(this.next());
    if (others.length > 0 || typeof to !== 'object' || to[0] !== to[1] || to[0] < from) return giveUp();
    return [from, to[0]];
  }

  private set(items: readonly Item[], isNegated: boolean): string {
    const folded = this.ignoresCase
      ? items.flatMap((item): Item[] => (typeof item === 'string' ? [item] : bothCases(item)))
      : items;
    const write = ([from, to]: Range) =>
      this.dialect.codePoint(from) + (from === to ? '' : `-${this.dialect.codePoint(to)}`);
    const body = folded.map((item) => (typeof item === 'string' ? item : write(item))).join('');
    return isNegated || folded.length > 1 || body.includes('-') ? `[${isNegated ? '^' : ''}${body}]` : body;
  }
}

/**
 * @param javaPattern as the realm holds it, to be matched against a whole value
 * @returns the source of an anchored expression of the same meaning, or undefined when this cannot be promised
 */
export function translateJavaPattern(javaPattern: string, dialect: Dialect): string | undefined {
  const ignoresCase = javaPattern.startsWith('(?i)');
  const body = ignoresCase ? javaPattern.slice('(?i)'.length) : javaPattern;
  try {
    return `^(?:${new Translator([...body], dialect, ignoresCase).translate()})$`;
  } catch (error) {
    if (error instanceof Untranslatable) return undefined;
    throw error;
  }
}
