import type { Random } from '../e2e/parity/random';
import type { Row } from './report';
import type { Ways } from './sides';
import { type Figure, figure } from './stats';
import type { World } from './world';

/** How much of everything. */
export interface Effort {
  /** How often each thing is measured. */
  readonly rounds: number;
  /** How long a load runs, in seconds. */
  readonly seconds: number;
  /** How long everything runs before anything counts, in seconds: the JVM compiles what it has seen often. */
  readonly warmUpSeconds: number;
  /** Page loads in a browser, of each page. */
  readonly loads: number;
  /** Users in the realm, step by step. */
  readonly users: readonly number[];
  readonly soak: { readonly views: number; readonly signUps: number };
}

/** For results. */
export const FULL: Effort = {
  rounds: 5,
  seconds: 8,
  warmUpSeconds: 240,
  loads: 7,
  users: [1, 10_000, 100_000],
  soak: { views: 20_000, signUps: 2_000 },
};

/** For seeing that everything can be measured. */
export const QUICK: Effort = {
  rounds: 1,
  seconds: 2,
  warmUpSeconds: 4,
  loads: 1,
  users: [1, 1_000, 5_000],
  soak: { views: 400, signUps: 20 },
};

/** What a part of the bench has to work with. */
export interface Bench {
  readonly world: World;
  readonly ways: Ways;
  readonly effort: Effort;
  readonly random: Random;
  progress(line: string): void;
}

/** A part of the bench, which can be run alone. */
export type Part = (bench: Bench) => Promise<Row[]>;

/** Figures by name, gathered round by round. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  /** @param sort of thing: a row of the results @param side a column of it */
  add(sort: string, side: string, value: number): void {
    const name = JSON.stringify([sort, side]);
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  /** What was gathered of one sort, by side. */
  of(sort: string): Record<string, Figure> {
    const entries = [...this.#values].map(
      ([name, values]) => [...(JSON.parse(name) as [string, string]), values] as const,
    );
    return Object.fromEntries(
      entries.filter(([one]) => one === sort).map(([, side, values]) => [side, figure(values)]),
    );
  }

  /** One row for each sort, in the order in which they came. */
  rows(part: string, unitOf: (sort: string) => string): Row[] {
    const sorts = new Set([...this.#values.keys()].map((name) => (JSON.parse(name) as [string])[0]));
    return [...sorts].map((what) => ({ part, what, unit: unitOf(what), figures: this.of(what) }));
  }
}

/** @returns the items in an order that chance has made: what slows the machine down then hits all of them alike */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  return items.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as Item);
}
