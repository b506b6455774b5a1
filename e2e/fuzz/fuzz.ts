import { signInAsAdmin } from '../../keycloak/set-up-realm';
import type { Stack } from '../../stack/stack';
import { realmApi } from '../parity/keycloak';
import { judgeUser, newUsers, originsOf } from './accounts';
import { attack, type Tally } from './campaign';
import { findTargets } from './crawl';
import { makePost, type World } from './generate';
import { openHosted } from './hosted';
import { FUZZ_SECRET } from './portals';
import type { Part } from './post';
import { FIRST_VISITOR, markerOf, nextVisitor } from './values';
import { readyVisitors } from './visitors';

/** What is attacked, and how. */
export interface FuzzOptions {
  readonly stack: Omit<Stack, 'stop' | 'servers'>;
  /** Name of the portal. */
  readonly portal: string;
  /** A portal with another secret, where there is one. */
  readonly other?: string | undefined;
  readonly seed: number;
  readonly indexes: readonly number[];
  /** How many of the accounts the hosted page judges as well. */
  readonly secondOpinions: number;
  readonly say: (text: string) => void;
}

/** What a run found. */
export interface FuzzResult extends Tally {
  /** Accounts that came of it. */
  readonly accounts: number;
  /** Ids of the server actions that were met. */
  readonly actionIds: readonly string[];
}

/** A harmless sign-up posts this, whoever's it is. */
function harmless({ targets }: World, index: number, seed: number): Part[] {
  const marker = markerOf(seed, index);
  const texts = {
    username: marker,
    email: `${marker}@example.com`,
    firstName: `Ada ${marker}`,
    lastName: `Ada ${marker}`,
  };
  const chosen = targets.flatMap(({ controls }) =>
    controls.flatMap(({ name, options }) => options.map((value) => ({ name, value }))),
  );
  return [...Object.entries(texts).map(([name, value]) => ({ name, value })), ...chosen];
}

/** Attacks a portal, and judges answers, log and accounts. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { stack, portal, other, seed, indexes, say } = options;
  const victim = stack.portals[portal];
  if (victim === undefined) throw new Error(`The stack has no portal ${portal}`);
  const { url: keycloakUrl, adminUsername, adminPassword } = stack.keycloak;
  const api = realmApi(await signInAsAdmin({ keycloakUrl, adminUsername, adminPassword }), victim.realm);
  const known = new Set((await api.get<{ id: string }[]>('/users?max=100000')).map(({ id }) => id));
  const otherUrl = other === undefined ? undefined : stack.portals[other]?.url;
  const foreign = otherUrl === undefined ? undefined : { origin: otherUrl, marker: markerOf(seed, nextVisitor()) };
  const jar = await readyVisitors(victim.url, FUZZ_SECRET, markerOf(seed, nextVisitor()), foreign);
  const world: World = { origin: victim.url, targets: await findTargets(victim.url, victim.realm, jar), jar };
  const actionIds = [...new Set(world.targets.flatMap(({ actionId }) => actionId ?? []))];
  say(`${world.targets.length} targets, ${actionIds.length} server actions, at ${victim.url}`);
  const [model] = await newUsers(api, known);
  const tally = await attack({ world, log: victim.log }, { seed, indexes, say });
  const health = await fetch(`${victim.url}/api/health?ready`).then(({ status }) => status, String);
  // Nothing of the stack starts a portal again: one that answers is the process that was attacked.
  if (health !== 200) tally.faults.push({ kind: `the portal is no more: ${health}`, index: -1, detail: '' });

  const users = await newUsers(api, known);
  const asked = new Set(world.targets.flatMap(({ controls }) => controls.map(({ name }) => name)));
  const made = users.map((user) => {
    const origins = originsOf(user);
    const posts = origins.map(({ index }) =>
      index >= FIRST_VISITOR ? { parts: harmless(world, index, seed), mutations: [] } : makePost(world, seed, index),
    );
    return { user, posts, index: origins[0]?.index ?? -1 };
  });
  for (const { user, posts, index } of made)
    for (const fault of judgeUser(user, posts, asked, model ?? { roles: [], groupPaths: [] })) {
      say(`FAULT of post ${index}: an account that ${fault}\n${JSON.stringify(user)}`);
      tally.faults.push({ kind: `an account that ${fault}`, index, detail: user.id });
    }
  if (options.secondOpinions === 0) return { ...tally, accounts: users.length, actionIds };
  const judge = await openHosted(api, `${keycloakUrl}/realms/${victim.realm}`, victim.url);
  try {
    const single = made.filter(({ posts, index }) => posts.length === 1 && index < FIRST_VISITOR);
    for (const { user, posts, index } of single.slice(0, options.secondOpinions)) {
      if (await judge.takes(user, posts[0]?.parts ?? [])) continue;
      say(`FAULT of post ${index}: an account that the hosted page refuses\n${JSON.stringify(user)}`);
      tally.faults.push({ kind: 'an account that the hosted page refuses', index, detail: user.id });
    }
  } finally {
    await judge.close();
  }
  return { ...tally, accounts: users.length, actionIds };
}

/** @returns the last line of a run */
export function summary(posts: number, faults: number): string {
  return `fuzz: ${posts} posts, ${faults} faults`;
}
