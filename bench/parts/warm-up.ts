import { load } from '../load';
import type { Bench } from '../part';
import { SIDES } from '../sides';
import { MODES } from '../world';

/** Walks all ways for a while: what a JVM and Node have seen often, they compile. */
export async function warmUp({ world, ways, effort, progress }: Bench): Promise<void> {
  const all = MODES.flatMap((mode) => SIDES.map((side) => ways.of[mode][side]));
  const { done, failed } = await load(4, { seconds: effort.warmUpSeconds }, async (_, number) => {
    const way = all[number % all.length];
    await way?.signUp(ways.person());
    for (let view = 0; view < 3; view++) await way?.view(ways.person());
  });
  progress(`warm after ${done} sign-ups${failed > 0 ? `, ${failed} failed` : ''}`);
  await world.analyze();
}
