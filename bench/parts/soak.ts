import { usageOf } from '../../stack/usage';
import { load } from '../load';
import { type Part, Samples } from '../part';

const AT_ONCE = 8;

const MEGABYTE = 1024 * 1024;

/** The portal's memory before, in the midst of and after many views and sign-ups. */
export const soak: Part = async ({ world, ways, effort, progress }) => {
  const { portal } = ways.of['after-verification'];
  const samples = new Samples();
  const note = (when: string) => {
    const bytes = usageOf(world.pids['after-verification']).memory;
    samples.add(`memory, ${when}`, 'portal', bytes / MEGABYTE);
    progress(`soak: ${when}, ${Math.round(bytes / MEGABYTE)} MB`);
  };
  const half = async () => {
    const views = await load(AT_ONCE, { count: effort.soak.views / 2 }, async () => {
      const { status } = await portal.view(ways.person());
      if (status !== 200) throw new Error(`HTTP ${status}`);
    });
    const signUps = await load(AT_ONCE, { count: effort.soak.signUps / 2 }, () => portal.signUp(ways.person()));
    if (views.failed + signUps.failed > 0) progress(`soak: ${views.failed} views, ${signUps.failed} sign-ups failed`);
  };
  note('at the start');
  await half();
  note('in the middle');
  await half();
  note('at the end');
  return samples.rows('soak', () => 'MB');
};
