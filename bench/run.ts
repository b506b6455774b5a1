import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, say, wholeNumber } from '../e2e/command';
import { randomFrom } from '../e2e/parity/random';
import { ROOT } from '../stack/folders';
import { KEYCLOAK_VERSION } from '../stack/keycloak/distribution';
import { stopOnSignal } from '../stack/processes';
import { type Bench, FULL, type Part, QUICK } from './part';
import { cold } from './parts/cold';
import { growth } from './parts/growth';
import { lighthouse } from './parts/lighthouse';
import { signUps } from './parts/sign-ups';
import { soak } from './parts/soak';
import { views } from './parts/views';
import { warm } from './parts/warm';
import { warmUp } from './parts/warm-up';
import { type Row, ratioOf, table } from './report';
import { recordWays } from './sides';
import { openWorld } from './world';

const PARTS: Readonly<Record<string, Part>> = { cold, warm, lighthouse, views, 'sign-ups': signUps, soak, growth };

/** What is measured under load, and so needs warm servers. */
const UNDER_LOAD = ['views', 'sign-ups', 'soak', 'growth'];

const RESULTS = join(ROOT, 'bench', 'results.json');

const USAGE = `npm run bench -- [--only PART,...] [--quick] [--rounds N] [--seed N]

Measures the portal beside Keycloak's own registration page, and writes bench/results.json.
  --only    parts to run: ${Object.keys(PARTS).join(', ')} (all)
  --quick   small counts: shows that everything can be measured, and no more
  --rounds  how often each thing is measured (${FULL.rounds})
  --seed    of the order of things in each round (1)
`;

const started = Date.now();

function progress(line: string): void {
  say(`[${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s] ${line}`);
}

/** What the figures are of. */
function machine() {
  return {
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    keycloak: KEYCLOAK_VERSION,
  };
}

function write(rows: readonly Row[], seed: number, isQuick: boolean): void {
  const results = rows.map((row) => ({ ...row, hostedToPortal: ratioOf(row) }));
  const minutes = Math.round((Date.now() - started) / 60_000);
  const whole = { at: new Date().toISOString(), minutes, machine: machine(), seed, quick: isQuick, results };
  writeFileSync(RESULTS, `${JSON.stringify(whole, null, 2)}\n`);
}

async function run(names: readonly string[], isQuick: boolean, rounds: number, seed: number): Promise<boolean> {
  const effort = { ...(isQuick ? QUICK : FULL), ...(rounds > 0 ? { rounds } : {}) };
  const world = await openWorld(progress);
  stopOnSignal(() => world.stop());
  try {
    const bench: Bench = { world, ways: await recordWays(world), effort, random: randomFrom(seed), progress };
    const rows: Row[] = [];
    let isWarm = false;
    for (const name of names) {
      if (!isWarm && UNDER_LOAD.includes(name)) {
        await warmUp(bench);
        isWarm = true;
      }
      progress(`${name}: begins`);
      rows.push(...((await PARTS[name]?.(bench)) ?? []));
      // What there is, is kept, should a later part fail.
      write(rows, seed, isQuick);
    }
    say('');
    for (const line of table(rows)) say(line);
    say(`\nbench: ${names.join(', ')}; ${RESULTS}`);
    return true;
  } finally {
    await world.stop();
  }
}

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) throw new Error(`No part is called ${unknown.join(', ')}.\n${USAGE}`);
  return run(names, values.quick, wholeNumber('rounds', values.rounds), wholeNumber('seed', values.seed));
});
