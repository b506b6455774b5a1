const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A sealed value with one character changed so that its bytes are other ones: the last character of a part may stand for
 * fewer bits than it has, and the first of them always counts.
 * @param at the character's place
 */
export function tampered(sealed: string, at: number): string {
  const other = ALPHABET[ALPHABET.indexOf(sealed[at] ?? '') ^ 32] ?? 'A';
  return `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
}
