import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STACK_FOLDER } from '../../stack/folders';
import type { Bench, Result } from './bench';
import type { ParityCase } from './case';
import { sharedKeys } from './compare';
import { generateCase } from './generate';
import { RefusedWorld } from './realm';
import { shrink } from './shrink';

/** How a run of many cases went. */
export interface Tally {
  cases: number;
  agree: number;
  onPurpose: number;
  disagree: number;
  /** How often the hosted page took a sign-up: cases that are all refused would show little. */
  accepted: number;
  /** Cases by the purpose that explains them. */
  readonly purposes: Map<string, number>;
  /** Messages that both pages gave for the same field, by key. */
  readonly messages: Map<string, number>;
}

/** Tries at one world, for the few profiles that Keycloak refuses to have. */
const SALTS = 20;

function describeResult(parityCase: ParityCase, result: Result | 'refused' | Error): string {
  if (result === 'refused' || result instanceof Error) return `  ${String(result)}\n${JSON.stringify(parityCase)}`;
  const lines = result.differences.map(
    ({ what, where, hosted, portal }) =>
      `  ${what} ${where}: hosted ${JSON.stringify(hosted)}, portal ${JSON.stringify(portal)}`,
  );
  return [...lines, JSON.stringify(parityCase)].join('\n');
}

/** Keeps a case where it can be run again by name. @returns the file */
function keep(parityCase: ParityCase): string {
  const text = JSON.stringify(parityCase, undefined, 2);
  const folder = join(STACK_FOLDER, 'parity');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
  writeFileSync(file, text);
  return file;
}

/** A run that meets this many cases in a row that can't be run at all has lost its Keycloak or its portal. */
const MOST_FAILURES = 3;

type Attempt = Result | 'refused' | Error;

/** @returns what came of a case: a result, that Keycloak does not take its realm, or why it could not be run */
async function tryCase(bench: Bench, parityCase: ParityCase): Promise<Attempt> {
  try {
    return await bench.run(parityCase);
  } catch (error) {
    if (error instanceof RefusedWorld) return 'refused';
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function runGenerated(bench: Bench, seed: number, index: number) {
  for (let salt = 0; salt < SALTS; salt++) {
    const parityCase = generateCase(seed, index, salt);
    const result = await tryCase(bench, parityCase);
    if (result !== 'refused') return { parityCase, result };
  }
  throw new Error(`Keycloak took none of ${SALTS} realms for case ${index} of seed ${seed}`);
}

const isDisagreement = (attempt: Attempt) =>
  attempt instanceof Error || (attempt !== 'refused' && attempt.verdict === 'disagree');

/** @returns whether a smaller case shows what the large one showed, and not some other fault */
function isSameFault(attempt: Attempt, known: Result | Error): boolean {
  if (known instanceof Error) return attempt instanceof Error && attempt.message === known.message;
  if (attempt === 'refused' || attempt instanceof Error) return false;
  const [first] = known.differences;
  return attempt.differences.some(({ what, where }) => what === first?.what && where === first.where);
}

function count(counts: Map<string, number>, names: Iterable<string>): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

/**
 * Runs one case, and says what nothing excuses.
 * @param say gets the report of a disagreement
 */
export async function runOne(bench: Bench, parityCase: ParityCase, say: (text: string) => void): Promise<Result> {
  const result = await bench.run(parityCase);
  if (result.verdict === 'disagree') say(describeResult(parityCase, result));
  return result;
}

/**
 * Runs the cases of a seed. Each disagreement is shrunk to the smallest case that still shows it, which is kept in a file.
 * @param options seed; number of the first case; how many; say gets a line or more for each disagreement, and progress
 */
export async function runCampaign(
  bench: Bench,
  options: { seed: number; from: number; cases: number; say(text: string): void },
): Promise<Tally> {
  const { seed, from, cases, say } = options;
  const tally: Tally = {
    cases: 0,
    agree: 0,
    onPurpose: 0,
    disagree: 0,
    accepted: 0,
    purposes: new Map(),
    messages: new Map(),
  };
  let failures = 0;
  for (let index = from; index < from + cases; index++) {
    const { parityCase, result } = await runGenerated(bench, seed, index);
    tally.cases += 1;
    failures = result instanceof Error ? failures + 1 : 0;
    if (!(result instanceof Error)) {
      if (result.verdict === 'agree') tally.agree += 1;
      if (result.verdict === 'on purpose') tally.onPurpose += 1;
      if (result.hosted.outcome.status === 'accepted') tally.accepted += 1;
      count(tally.purposes, result.purposes);
      count(tally.messages, new Set(sharedKeys(result.hosted, result.portal)));
    }
    if (isDisagreement(result)) {
      tally.disagree += 1;
      if (failures >= MOST_FAILURES) throw result;
      const smallest = await shrink(parityCase, async (candidate) =>
        isSameFault(await tryCase(bench, candidate), result),
      );
      const shown = await tryCase(bench, smallest);
      say(`Case ${index} disagrees; the smallest that does:\n${describeResult(smallest, shown)}`);
      say(`Again: npm run parity -- --case ${keep(smallest)}`);
      say(`Or as generated: npm run parity -- --seed ${seed} --from ${index} --cases 1`);
    }
    if (tally.cases % 500 === 0) say(summary(tally));
  }
  return tally;
}

/** @returns the last line of a run */
export function summary({ cases, agree, onPurpose, disagree }: Tally): string {
  return `parity: ${cases} cases, ${agree} agree, ${onPurpose} on purpose, ${disagree} disagree`;
}
