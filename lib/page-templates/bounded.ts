/**
 * Keeps what was used last, as much as there is room for.
 * @param room how much all of it may take, in the unit of `sizeOf`
 * @param sizeOf what a value takes
 */
export class Bounded<Value> {
  readonly #values = new Map<string, Value>();
  readonly #room: number;
  readonly #sizeOf: (value: Value) => number;
  #taken = 0;

  constructor(room: number, sizeOf: (value: Value) => number) {
    this.#room = room;
    this.#sizeOf = sizeOf;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    // A map remembers the order in which its keys came.
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.#values.set(key, value);
    this.#taken += this.#sizeOf(value);
    for (const oldest of this.#values.keys()) {
      if (this.#taken <= this.#room) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value !== undefined && this.#values.delete(key)) this.#taken -= this.#sizeOf(value);
  }
}
