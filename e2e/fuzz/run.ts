import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPortal } from '../../stack/portal';
import { stopOnSignal } from '../../stack/processes';
import { startStack } from '../../stack/stack';
import { runCommand, say, wholeNumber } from '../command';
import { FOUND, FOUND_SEED } from './found';
import { type FuzzResult, fuzz, summary } from './fuzz';
import { fuzzPortal } from './portals';

const USAGE = `npm run fuzz -- [--posts N] [--seed S] [--from K] [--only K] [--portal form|after-verification]

Sends made-up posts to every action and route of a portal, and judges answers, log and accounts.
  --posts N   how many, two thirds of them to the portal with the password on the form (10000)
  --seed S    another seed gives other posts (1)
  --from K    number of the first (0)
  --only K    this one alone, as an earlier run told it
  --portal P  that portal alone
`;

const REALM = 'fuzz';
const MODES = ['form', 'after-verification'] as const;

function readOptions() {
  const { values } = parseArgs({
    options: {
      posts: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      only: { type: 'string' },
      portal: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const modes = MODES.filter((mode) => values.portal === undefined || values.portal === mode);
  if (modes.length === 0) throw new Error(`--portal must be one of ${MODES.join(', ')}`);
  const [posts, from] = [wholeNumber('posts', values.posts), wholeNumber('from', values.from)];
  if (posts === 0) throw new Error('--posts must be at least 1');
  return { modes, posts, from, seed: wholeNumber('seed', values.seed), only: values.only, help: values.help };
}

/** The server actions that are built: what no page was found for has not been attacked. */
async function builtActions(folder: string): Promise<string[]> {
  const build = await buildPortal(join(folder, 'build.log'), () => undefined);
  const manifest: unknown = JSON.parse(
    readFileSync(join(build, '.next', 'server', 'server-reference-manifest.json'), 'utf8'),
  );
  const node = typeof manifest === 'object' && manifest !== null && 'node' in manifest ? manifest.node : {};
  return Object.keys(node ?? {});
}

/** Of the numbers, those that one portal gets. */
function shareOf(mode: (typeof MODES)[number], { modes, posts, from, only }: ReturnType<typeof readOptions>): number[] {
  if (only !== undefined) return [wholeNumber('only', only)];
  const all = Array.from({ length: posts }, (_, number) => from + number);
  return modes.length === 1 ? all : all.filter((index) => (index % 3 === 2) === (mode === 'after-verification'));
}

async function run(options: ReturnType<typeof readOptions>): Promise<boolean> {
  const portals = Object.fromEntries(MODES.map((mode) => [mode, fuzzPortal(mode, REALM)]));
  const stack = await startStack({ name: 'fuzz', progress: say, portals });
  stopOnSignal(() => stack.stop());
  try {
    const started = Date.now();
    const results: FuzzResult[] = [];
    for (const portal of options.modes) {
      const { seed } = options;
      if (options.only === undefined)
        results.push(
          await fuzz({
            stack,
            portal,
            seed: FOUND_SEED,
            indexes: FOUND.map(({ index }) => index),
            secondOpinions: 0,
            say,
          }),
        );
      const other = MODES.find((mode) => mode !== portal);
      results.push(
        await fuzz({ stack, portal, other, seed, indexes: shareOf(portal, options), secondOpinions: 100, say }),
      );
    }
    const missed = (await builtActions(stack.folder)).filter((id) =>
      results.every(({ actionIds }) => !actionIds.includes(id)),
    );
    if (missed.length > 0)
      say(`FAULT: no page has these server actions, so nobody has attacked them: ${missed.join(', ')}`);
    const total = (count: (result: FuzzResult) => number) => results.reduce((sum, result) => sum + count(result), 0);
    const answers = new Map<string, number>();
    for (const result of results)
      for (const [status, times] of result.answers) answers.set(status, (answers.get(status) ?? 0) + times);
    say(`Answers: ${[...answers].map(([status, times]) => `${status} ${times}`).join(', ')}`);
    say(
      `${total(({ accounts }) => accounts)} accounts, slowest answer ${Math.round(Math.max(...results.map(({ slowest }) => slowest)))} ms, ${Math.round((Date.now() - started) / 1000)} s, seed ${options.seed}`,
    );
    const faults = total(({ faults: own }) => own.length) + missed.length;
    say(
      summary(
        total(({ posts }) => posts),
        faults,
      ),
    );
    return faults === 0;
  } finally {
    await stack.stop();
  }
}

await runCommand(async () => {
  const options = readOptions();
  if (!options.help) return run(options);
  say(USAGE);
  return true;
});
