/** Choices that a seed repeats. */
export interface Random {
  /** @returns a whole number from `least` to `most`, both included */
  int(least: number, most: number): number;
  /** @returns true in about `share` of the asks (0 to 1) */
  chance(share: number): boolean;
  /** @returns one of the items, each as likely as the other; there must be one */
  pick<Item>(items: readonly Item[]): Item;
  /** @returns up to `most` different items, in the order of the list */
  some<Item>(items: readonly Item[], most: number): Item[];
}

/** The constants of mulberry32, a 32-bit generator that passes gjrand's tests: enough to choose test cases by. */
const STEP = 0x6d2b79f5;

/**
 * Makes a source of choices.
 * @param seed any whole numbers; the same ones always give the same choices
 */
export function randomFrom(...seed: readonly number[]): Random {
  // Neighbouring seeds must not start alike, so each part is stirred in.
  let state = seed.reduce((mixed, part) => Math.imul(mixed ^ part, 0x9e3779b1) + STEP, 0) | 0;
  const next = () => {
    state = (state + STEP) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new RangeError('Nothing to pick from');
    return items[int(0, items.length - 1)] as Item;
  };
  return {
    int,
    pick,
    chance: (share) => next() < share,
    some(items, most) {
      const wanted = int(0, Math.min(most, items.length));
      const chosen = new Set<number>();
      while (chosen.size < wanted) chosen.add(int(0, items.length - 1));
      return items.filter((_, index) => chosen.has(index));
    },
  };
}
