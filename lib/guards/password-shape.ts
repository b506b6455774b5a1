/** How a password reads to somebody who guesses: without case, accents and the digits and signs that stand for letters. */

const STANDS_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '|': 'l',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
  '8': 'b',
  '9': 'g',
};

const isLetter = (character: string) => /\p{L}/u.test(character);

/** Small and without accents, a character for each character. */
function fold(character: string): string {
  const [base = character] = character.normalize('NFKD').toLowerCase();
  return base;
}

/** The characters of a text in small letters without accents; of a letter and its marks the letter alone. */
export function foldedCharacters(text: string): readonly string[] {
  return Array.from(text.normalize('NFC').replace(/\p{M}/gu, ''), fold);
}

/** What a folded text says with digits and signs read as letters; `1` and `!` may be an i or an l. */
export function readings(folded: readonly string[]): readonly (readonly string[])[] {
  const asI = folded.map((character) => STANDS_FOR[character] ?? character);
  const asL = folded.map((character, index) => (character === '1' || character === '!' ? 'l' : (asI[index] ?? '')));
  return [folded, asI, asL];
}

/** The runs of letters in a text, folded. */
export function wordsIn(text: string): readonly string[] {
  return foldedCharacters(text)
    .map((character) => (isLetter(character) ? character : ' '))
    .join('')
    .split(' ')
    .filter(Boolean);
}

/** How many letters there are among characters. */
export const lettersIn = (characters: readonly string[]): number => characters.filter(isLetter).length;
