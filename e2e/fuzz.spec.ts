import { expect, test } from './fixtures';
import { FOUND, FOUND_SEED } from './fuzz/found';
import { fuzz, summary } from './fuzz/fuzz';
import { stack } from './stack';

const POSTS = 300;
/** Fixed: a run that others can't repeat decides nothing. `npm run fuzz` takes any other, and sends 10,000. */
const SEED = 26;

const say = (text: string) => void process.stdout.write(`${text}\n`);

test(`${POSTS} made-up posts to every action and route find no fault in answers, log or accounts`, async () => {
  test.setTimeout(240_000);
  const indexes = Array.from({ length: POSTS }, (_, index) => index);
  const result = await fuzz({ stack, portal: 'fuzz', seed: SEED, indexes, secondOpinions: 10, say });
  expect(summary(result.posts, result.faults.length)).toBe(`fuzz: ${POSTS} posts, 0 faults`);
  // Posts that are nearly all turned away at the door would show little.
  expect(result.accounts).toBeGreaterThan(POSTS / 50);
  expect(result.answers.get('200')).toBeGreaterThan(POSTS / 5);
});

test('what was found once stays mended', async () => {
  test.setTimeout(120_000);
  const indexes = FOUND.map(({ index }) => index);
  const { faults } = await fuzz({ stack, portal: 'fuzz', seed: FOUND_SEED, indexes, secondOpinions: 0, say });
  expect(faults).toEqual([]);
});
