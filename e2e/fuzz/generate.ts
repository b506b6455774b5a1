import { type Random, randomFrom } from '../parity/random';
import { type Target, untouched, usualParts } from './crawl';
import { CONTENT_MUTATIONS, type Means } from './mutate-content';
import { wireMutations } from './mutate-wire';
import { encode, type Part, type Wire } from './post';
import { markerOf, usualValue } from './values';
import type { Jar } from './visitors';

/** All that posts are made of. */
export interface World {
  readonly origin: string;
  readonly targets: readonly Target[];
  readonly jar: Jar;
}

/** A post, as its seed and index make it. */
export interface Made {
  readonly target: Target;
  readonly wire: Wire;
  /** What was posted under each name, before anything was done to the bytes. */
  readonly parts: readonly Part[];
  readonly mutations: readonly string[];
}

/** Which of its mutations a post has; a fault is told with as few as show it. */
export type Kept = (mutation: number) => boolean;

/** Forms are most of what there is to attack; pages are only looked at. */
const WEIGHTS: Readonly<Record<Target['how'], number>> = { form: 6, action: 6, route: 2, page: 1 };

function chooseTarget(targets: readonly Target[], random: Random): Target {
  // The preview's forms lead nowhere.
  const isSignUp = ({ controls, path }: Target) =>
    !path.startsWith('/preview') && controls.some(({ name }) => name === 'email');
  const weightOf = (target: Target) => WEIGHTS[target.how] * (isSignUp(target) ? 8 : 1);
  let left = random.int(
    1,
    targets.reduce((sum, target) => sum + weightOf(target), 0),
  );
  for (const target of targets) {
    left -= weightOf(target);
    if (left <= 0) return target;
  }
  throw new RangeError('There is nothing to attack');
}

function usualPartsOf({ how, controls }: Target, marker: string, random: Random, { cookies }: Jar): Part[] {
  if (how === 'route') return usualParts();
  if (controls.length === 0) {
    // An action that only scripts call: what the page would have it look at.
    const pending = /vestibule-pending=([^;]*)/.exec(cookies.waiting)?.[1] ?? '';
    return [
      { name: 'locale', value: 'en' },
      { name: '$pending', value: pending },
    ];
  }
  return controls.flatMap((control) => {
    const value = usualValue(control, marker, random);
    return value === undefined ? [] : [{ name: control.name, value }];
  });
}

/** How many mutations a post gets: a few none, so that there is something to compare with. */
const countOf = (random: Random) => random.pick([0, 1, 1, 1, 1, 2, 2, 2, 3, 4]);

/**
 * Makes a post. The same seed, index and targets make the same one, but for what is sealed or drawn anew by the portal.
 * @param kept of its mutations; all where it is not said
 */
export function makePost(world: World, seed: number, index: number, kept: Kept = () => true): Made {
  const random = randomFrom(seed, index);
  const marker = markerOf(seed, index);
  const target = chooseTarget(world.targets, random);
  const actionIds = [...new Set(world.targets.flatMap(({ actionId }) => actionId ?? []))].sort();
  const parts = usualPartsOf(target, marker, random, world.jar);
  const draft = untouched(target, parts, `----fuzz${marker.slice(0, 4)}`);
  const wires = wireMutations(world.jar);
  const names = [...Object.keys(CONTENT_MUTATIONS), ...Object.keys(wires)];
  const chosen = Array.from({ length: countOf(random) }, () => ({ name: random.pick(names), salt: random.int(0, 1e9) }))
    // What changes the content comes before what changes its bytes.
    .sort((one, other) => Number(one.name in wires) - Number(other.name in wires));
  const applied = chosen.filter((_, number) => kept(number));
  // Each has its own choices, so that a post without one of them differs in nothing else.
  const meansOf = (salt: number): Means => ({ random: randomFrom(seed, index, salt), marker, actionIds });
  for (const { name, salt } of applied) CONTENT_MUTATIONS[name]?.(draft, meansOf(salt));
  const wire = encode(draft);
  // Everyone has an address of their own: limits are for others to try.
  const address = `100.${64 + ((index >> 16) % 64)}.${(index >> 8) % 256}.${index % 256}`;
  const usual = { origin: world.origin, cookie: world.jar.cookies[target.visitor], 'x-forwarded-for': address };
  wire.headers = { ...(wire.method === 'POST' ? usual : { ...usual, origin: [] }), ...wire.headers };
  for (const { name, salt } of applied) wires[name]?.(wire, meansOf(salt));
  wire.headers = Object.fromEntries(
    Object.entries(wire.headers).filter(([, value]) => value.length > 0 || value === ''),
  );
  const content = draft.content;
  return {
    target,
    wire,
    parts:
      content.kind === 'none' || content.kind === 'text'
        ? []
        : content.parts.map((part) => ({
            ...part,
            name: content.kind === 'action' ? part.name.replace(/^_1_/, '') : part.name,
          })),
    mutations: applied.map(({ name }) => name),
  };
}
