import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stopOnSignal } from '../../stack/processes';
import { startStack } from '../../stack/stack';
import { runCommand, say, wholeNumber } from '../command';
import { openBench, PARITY_PORTAL, parityPortal } from './bench';
import { runCampaign, runOne, summary } from './campaign';
import type { ParityCase } from './case';
import { ON_PURPOSE } from './on-purpose';

const USAGE = `npm run parity -- [--cases N] [--seed S] [--from K] | --case FILE | --list

Compares Keycloak's own registration page with the portal, sign-up by sign-up.
  --cases N   how many generated cases (300)
  --seed S    another seed gives other cases (1)
  --from K    number of the first case (0)
  --case FILE one case that an earlier run kept
  --list      the differences that are on purpose, with their reasons
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      case: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (Number(values.cases) === 0) throw new Error('--cases must be at least 1');
  return {
    ...values,
    cases: wholeNumber('cases', values.cases),
    seed: wholeNumber('seed', values.seed),
    from: wholeNumber('from', values.from),
  };
}

async function compare(options: ReturnType<typeof readOptions>): Promise<boolean> {
  const stack = await startStack({ name: 'parity', progress: say, portals: { [PARITY_PORTAL]: parityPortal() } });
  stopOnSignal(() => stack.stop());
  try {
    const bench = await openBench(stack);
    const started = Date.now();
    if (options.case !== undefined) {
      const parityCase = JSON.parse(readFileSync(options.case, 'utf8')) as ParityCase;
      const { verdict, purposes } = await runOne(bench, parityCase, say);
      say(`${verdict}${purposes.length > 0 ? `: ${purposes.join('; ')}` : ''}`);
      return verdict !== 'disagree';
    }
    const tally = await runCampaign(bench, { ...options, say });
    for (const { name } of ON_PURPOSE) say(`${String(tally.purposes.get(name) ?? 0).padStart(6)} ${name}`);
    const keys = [...tally.messages].sort(([, one], [, other]) => other - one);
    say(`Messages that both gave: ${keys.map(([key, times]) => `${key} ${times}`).join(', ')}`);
    say(
      `${tally.accepted} accepted by the hosted page; ${((Date.now() - started) / 1000).toFixed(0)} s, seed ${options.seed}`,
    );
    say(summary(tally));
    return tally.disagree === 0;
  } finally {
    await stack.stop();
  }
}

await runCommand(async () => {
  const options = readOptions();
  if (!options.help && !options.list) return compare(options);
  if (options.help) say(USAGE);
  else for (const { name, reason } of ON_PURPOSE) say(`${name}\n    ${reason}`);
  return true;
});
