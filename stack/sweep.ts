import { parseArgs } from 'node:util';
import { z } from 'zod';

const USAGE = `npm run sweep -- [--apply]

Has a running portal look for sign-ups that nobody has confirmed (POST /api/sweep), and says how many there are.
  --apply  removes them
  --help   shows this
Variables: PORTAL_URL (address of the portal) and SWEEP_TOKEN (the portal's own)`;

const swept = z.object({
  removed: z.number(),
  kept: z.number(),
  settled: z.number(),
  complete: z.boolean(),
});

/** @returns the lines to print, and whether all went well */
async function main(): Promise<readonly [string, boolean]> {
  const { values } = parseArgs({ options: { apply: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return [USAGE, true];
  const { PORTAL_URL = '', SWEEP_TOKEN = '' } = process.env;
  if (!URL.canParse(PORTAL_URL)) return ['PORTAL_URL must be set to the address of the portal', false];
  if (SWEEP_TOKEN === '') return ['SWEEP_TOKEN must be set to what the portal has under that name', false];
  const url = new URL(values.apply ? '/api/sweep?apply=true' : '/api/sweep', PORTAL_URL);
  const headers = { authorization: `Bearer ${SWEEP_TOKEN}` };
  const response = await fetch(url, { method: 'POST', headers }).catch(() => undefined);
  if (response === undefined) return [`No portal answers at ${url.origin}`, false];
  if (response.status === 404) return ['That portal has no SWEEP_TOKEN, so it sweeps for nobody', false];
  if (response.status === 401) return ["SWEEP_TOKEN is not that portal's", false];
  if (!response.ok) return [`The portal could not sweep (HTTP ${response.status}): is Keycloak there?`, false];
  const { removed, kept, settled, complete } = swept.parse(await response.json());
  const done = values.apply ? 'removed' : 'to be removed (nothing was: this is a dry run; --apply removes them)';
  const lines = [
    `${removed} sign-ups that nobody confirmed ${done}`,
    `${kept} as old, and kept: somebody else has had to do with them`,
    `${settled} confirmed people's accounts ${values.apply ? 'no longer marked' : 'still marked'} as sign-ups`,
    ...(complete ? [] : ['Time ran out; run it again for the rest']),
  ];
  return [lines.join('\n'), true];
}

const [said, isWell] = await main();
process[isWell ? 'stdout' : 'stderr'].write(`${said}\n`);
process.exitCode = isWell ? 0 : 1;
