import { usageOf } from '../../stack/usage';
import { bareCalls } from '../bare-calls';
import { load } from '../load';
import { type Bench, type Part, Samples, shuffled } from '../part';
import type { Side } from '../sides';
import { MODES, type Mode, type World } from '../world';

const AT_ONCE = [1, 4, 8, 16] as const;

/** The number at once whose figures the goals are about. */
const TYPICAL = 8;

/** How many sign-ups the calls to Keycloak are counted over. */
const COUNTED = 10;

/** The two pages, and what no portal can do without (`bareCalls`): with the password as typed, and hashed by somebody else. */
type Measured = Side | 'calls' | 'calls, hashed before';

/** The processes that a way uses. */
function processesOf({ pids }: World, mode: Mode, side: Measured) {
  const { keycloak, postgres } = pids;
  return { ...(side === 'portal' ? { portal: pids[mode] } : {}), Keycloak: keycloak, PostgreSQL: postgres };
}

async function mails(world: World): Promise<number> {
  return ((await (await fetch(`${world.stack.mail.url}/api/messages`)).json()) as unknown[]).length;
}

async function forgetMails(world: World): Promise<void> {
  await fetch(`${world.stack.mail.url}/api/messages`, { method: 'DELETE' });
}

async function once(
  { world, ways, effort, progress }: Bench,
  samples: Samples,
  mode: Mode,
  side: Measured,
  atOnce: number,
  signUp: (person: number) => Promise<void>,
) {
  await forgetMails(world);
  const processes = Object.entries(processesOf(world, mode, side));
  const before = processes.map(([, pid]) => usageOf(pid).cpuMs);
  const rate = await load(atOnce, { seconds: effort.seconds }, () => signUp(ways.person()));
  const sort = `${mode}, ${atOnce} at once`;
  const arrived = await mails(world);
  if (rate.failed > 0 || arrived !== rate.done)
    progress(`sign-ups: ${sort}, ${side}: ${rate.done} done, ${rate.failed} failed, ${arrived} mails`);
  samples.add(sort, side, rate.perSecond);
  samples.add(`${sort}, p50`, side, rate.p50);
  samples.add(`${sort}, p99`, side, rate.p99);
  if (atOnce !== TYPICAL) return;
  for (const [index, [name, pid]] of processes.entries()) {
    const spent = usageOf(pid).cpuMs - (before[index] ?? 0);
    samples.add(`${mode}, processor time of ${name}`, side, spent / Math.max(1, rate.done));
  }
}

/** How often Keycloak is asked for one view and for one sign-up, beyond what is read from the realm now and then. */
async function countCalls({ ways, world }: Bench, samples: Samples, mode: Mode): Promise<void> {
  const { proxy } = world.counted[mode];
  const way = ways.counted[mode];
  const counted = async (task: () => Promise<unknown>) => {
    proxy.forget();
    for (let number = 0; number < COUNTED; number++) await task();
    return proxy.seen.filter((call) => /\/(users|execute-actions-email)\b/.test(call)).length / COUNTED;
  };
  // The first of all fetches the token.
  await way.signUp(ways.person());
  samples.add(`${mode}, requests to Keycloak of a view`, 'portal', await counted(() => way.view(ways.person())));
  samples.add(`${mode}, requests to Keycloak of a sign-up`, 'portal', await counted(() => way.signUp(ways.person())));
  // Page, post, next page.
  samples.add(`${mode}, requests to Keycloak of a view`, 'hosted', 1);
  samples.add(`${mode}, requests to Keycloak of a sign-up`, 'hosted', 3);
}

/** Sign-ups per second, the whole way, on both pages, and what one costs. */
export const signUps: Part = async (bench) => {
  const { world, ways, effort, random, progress } = bench;
  const samples = new Samples();
  for (const mode of MODES) {
    const { hosted, portal } = ways.of[mode];
    const bare = await bareCalls(world, mode);
    const of: readonly (readonly [Measured, (person: number) => Promise<void>])[] = [
      ['hosted', hosted.signUp],
      ['portal', portal.signUp],
      ['calls', bare.signUp],
      ...(bare.signUpHashed ? [['calls, hashed before', bare.signUpHashed] as const] : []),
    ];
    for (let round = 0; round < effort.rounds; round++)
      for (const atOnce of AT_ONCE) {
        await world.analyze();
        for (const [side, signUp] of shuffled(of, random)) await once(bench, samples, mode, side, atOnce, signUp);
        progress(`sign-ups: ${mode}, round ${round + 1}, ${atOnce} at once`);
      }
    await countCalls(bench, samples, mode);
  }
  return samples.rows('sign-ups', (sort) => {
    if (sort.includes('requests')) return 'requests';
    return sort.endsWith('at once') ? '1/s' : 'ms';
  });
};
