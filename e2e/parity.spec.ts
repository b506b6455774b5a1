import { expect, test } from './fixtures';
import { openBench } from './parity/bench';
import { runCampaign, runOne, summary } from './parity/campaign';
import { FOUND } from './parity/found';
import { stack } from './stack';

const CASES = 300;
/** Fixed: a run that others can't repeat decides nothing. `npm run parity` takes any other. */
const SEED = 26_7;

const say = (text: string) => void process.stdout.write(`${text}\n`);

test('what was found once stays mended', async () => {
  const bench = await openBench(stack);
  for (const [what, parityCase] of Object.entries(FOUND))
    expect((await runOne(bench, parityCase, say)).verdict, what).not.toBe('disagree');
});

test(`the portal and Keycloak's own page agree on ${CASES} generated sign-ups`, async () => {
  test.setTimeout(300_000);
  const tally = await runCampaign(await openBench(stack), { seed: SEED, from: 0, cases: CASES, say });
  say(summary(tally));
  expect(summary(tally)).toMatch(/, 0 disagree$/);
  // Cases that are nearly all refused, or nearly all excused, would show little.
  expect(tally.accepted).toBeGreaterThan(CASES / 8);
  expect(tally.agree).toBeGreaterThan(CASES / 3);
  expect(tally.messages.size).toBeGreaterThan(20);
});
