import { foldedCharacters, lettersIn, readings, wordsIn } from './password-shape';

/** A shorter word is in too many passwords by chance. */
const SHORTEST_WORD = 4;
/** With this many characters, what stands beside a word is long enough to be no mere year (NIST SP 800-63B-4, 3.1.1.2). */
const LONG_ENOUGH = 15;
/** Longer texts are looked at up to here: the work grows with password times words. */
const LONGEST_LOOK = 256;

/** What a guesser knows of a visitor and of where they sign up. */
export interface PasswordContext {
  /** First name and last name, in this order; names of brand, client and realm. */
  readonly names: readonly (readonly (string | undefined)[])[];
  readonly email: string | undefined;
  readonly username: string | undefined;
}

/** The words of a context: each by itself, and those of one name run together in either order. */
export function contextWords({ names, email = '', username = '' }: PasswordContext): ReadonlySet<string> {
  const at = email.lastIndexOf('@');
  const local = at < 0 ? email : email.slice(0, at);
  // The top-level domain is everybody's.
  const domain =
    at < 0
      ? []
      : email
          .slice(at + 1)
          .split('.')
          .slice(0, -1);
  const groups = [
    ...names.map((parts) => parts.flatMap((part) => wordsIn(part ?? ''))),
    wordsIn(local),
    wordsIn(username),
  ];
  const words = [
    ...groups.flatMap((group) => [...group, group.join(''), [...group].reverse().join('')]),
    ...domain.flatMap((label) => [...wordsIn(label), wordsIn(label).join('')]),
  ];
  return new Set(
    words.filter((word) => Array.from(word).length >= SHORTEST_WORD).map((word) => word.slice(0, LONGEST_LOOK)),
  );
}

/** Marks what a word covers of a text, wherever it stands in it. */
function cover(text: string, word: string, at: readonly number[], covered: Set<number>): void {
  for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, found + 1))
    for (let index = found; index < found + word.length; index++) covered.add(at[index] ?? index);
}

/**
 * Whether a password is a word of its context or mostly made of such words (ASVS 6.2.11; NIST SP 800-63B-4, 3.1.1.2, "context-
 * specific words ... and derivatives thereof"): they make up more than half of it, or there are only digits and signs
 * beside them in a password of less than 15 characters. Case, accents, signs that stand for letters and what stands between letters make no
 * difference. A long passphrase may well have such a word in it.
 * @param words see `contextWords`
 */
export function isContextPassword(password: string, words: ReadonlySet<string>): boolean {
  const folded = foldedCharacters(password).slice(0, LONGEST_LOOK);
  const covered = new Set<number>();
  for (const reading of readings(folded)) {
    const all = reading.map((_, index) => index);
    const letters = all.filter((index) => lettersIn([reading[index] ?? '']) > 0);
    for (const places of [all, letters]) {
      // By UTF-16 unit, as texts are searched: which character each unit is of.
      const units = places.flatMap((place) => Array<number>(reading[place]?.length ?? 0).fill(place));
      const text = places.map((place) => reading[place]).join('');
      for (const word of words) cover(text, word, units, covered);
    }
  }
  if (covered.size === 0) return false;
  const rest = folded.filter((_, index) => !covered.has(index));
  return covered.size > rest.length || (lettersIn(rest) === 0 && folded.length < LONG_ENOUGH);
}
