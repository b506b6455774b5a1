import { setTimeout as sleep } from 'node:timers/promises';
import { type Kept, type Made, makePost, type World } from './generate';
import { judgeLine, type LogTail, tailOf } from './log';
import type { Wire } from './post';
import { type Reply, send } from './send';
import { markerOf, nextVisitor } from './values';
import { waitingVisitor } from './visitors';

/** What a post, or what came of it, does wrong. */
export interface Fault {
  /** The same for faults of one kind. */
  readonly kind: string;
  readonly index: number;
  readonly detail: string;
}

/** How a run went. */
export interface Tally {
  posts: number;
  /** Answers by status; `cut` where the connection ended without one. */
  readonly answers: Map<string, number>;
  readonly faults: Fault[];
  /** Milliseconds. */
  slowest: number;
}

/** A portal under attack. */
export interface Victim {
  readonly world: World;
  readonly log: string;
}

interface Campaign {
  readonly seed: number;
  /** Numbers of the posts. */
  readonly indexes: readonly number[];
  readonly say: (text: string) => void;
}

/** Posts that are under way at once, and how many are judged together. */
const AT_ONCE = 10;
const BATCH = 100;

/** A portal writes its log in its own time (milliseconds). */
const LOG_DELAY_MS = 150;

/** A stack trace in an answer. */
const TRACE = /\n\s+at .{1,200}:\d+:\d+/;

/** @returns what is wrong with an answer */
function judgeReply(reply: Reply): string | undefined {
  switch (reply.kind) {
    case 'answer':
      if (reply.status >= 500) return `answered ${reply.status}`;
      return TRACE.test(reply.body) ? 'an answer with a stack trace' : undefined;
    case 'cut':
      return reply.meant || reply.why === 'EPIPE' || reply.why === 'ECONNRESET' ? undefined : `no answer: ${reply.why}`;
    case 'late':
      return 'no answer in time';
    case 'unsendable':
      return undefined;
  }
}

async function sendAll(victim: Victim, posts: readonly { index: number; wire: Wire }[], tally: Tally) {
  const wrong: { index: number; kind: string }[] = [];
  const left = [...posts];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let post = left.shift(); post !== undefined; post = left.shift()) {
        const reply = await send(victim.world.origin, post.wire);
        const said = reply.kind === 'answer' ? String(reply.status) : reply.kind;
        tally.answers.set(said, (tally.answers.get(said) ?? 0) + 1);
        if (reply.kind === 'answer') tally.slowest = Math.max(tally.slowest, reply.ms);
        const kind = judgeReply(reply);
        if (kind !== undefined) wrong.push({ index: post.index, kind });
      }
    }),
  );
  return wrong;
}

/** Faults that one post shows by itself. */
async function tryAlone(victim: Victim, tail: LogTail, { wire }: Made): Promise<{ kind: string; detail: string }[]> {
  tail.more();
  const reply = await send(victim.world.origin, wire);
  await sleep(LOG_DELAY_MS);
  const kind = judgeReply(reply);
  const body = reply.kind === 'answer' ? reply.body.slice(0, 300) : '';
  const lines = tail.more();
  const inLog = lines.flatMap((line) => {
    const fault = judgeLine(line);
    return fault === undefined ? [] : [{ kind: fault.kind, detail: lines.slice(0, 12).join('\n') }];
  });
  return [
    ...(kind === undefined ? [] : [{ kind, detail: `${body}\n${lines.slice(0, 12).join('\n')}` }]),
    ...inLog.slice(0, 1),
  ];
}

/** Leaves out mutations as long as the post still shows a fault. */
async function shrunk(victim: Victim, tail: LogTail, seed: number, index: number): Promise<Made> {
  const whole = makePost(victim.world, seed, index);
  const kept = new Set(whole.mutations.keys());
  const isKept: Kept = (number) => kept.has(number);
  for (const number of whole.mutations.keys()) {
    kept.delete(number);
    if ((await tryAlone(victim, tail, makePost(victim.world, seed, index, isKept))).length === 0) kept.add(number);
  }
  return makePost(victim.world, seed, index, isKept);
}

function describe({ target, wire, mutations }: Made): string {
  const headers = Object.entries(wire.headers).filter(([name]) => name !== 'cookie');
  return [
    `${target.name} as ${target.visitor}; ${mutations.join(', ') || 'nothing changed'}`,
    `${wire.method} ${wire.path.slice(0, 300)}`,
    ...headers.map(([name, value]) => `${name}: ${String(value).slice(0, 200)}`),
    '',
    wire.body.subarray(0, 1_500).toString('latin1'),
  ].join('\n');
}

/**
 * Sends posts and judges what comes of them, in answers and in the log; accounts are judged apart, once all are sent.
 * Of each kind of fault the first is told, as small as it gets.
 */
export async function attack(victim: Victim, { seed, indexes, say }: Campaign): Promise<Tally> {
  const tally: Tally = { posts: 0, answers: new Map(), faults: [], slowest: 0 };
  const tail = tailOf(victim.log);
  const told = new Set<string>();
  const tell = async (index: number) => {
    const alone = await tryAlone(victim, tail, makePost(victim.world, seed, index));
    const news = alone.filter(({ kind }) => !told.has(kind));
    for (const { kind } of news) told.add(kind);
    tally.faults.push(...alone.map((fault) => ({ ...fault, index })));
    if (news.length === 0) return alone.length;
    const smallest = await shrunk(victim, tail, seed, index);
    for (const { kind, detail } of news) say(`\nFAULT of post ${index}: ${kind}\n${describe(smallest)}\n--\n${detail}`);
    say(`Again: npm run fuzz -- --seed ${seed} --only ${index}`);
    return alone.length;
  };
  for (let first = 0; first < indexes.length; first += BATCH) {
    const batch = indexes.slice(first, first + BATCH);
    const posts = batch.map((index) => ({ index, wire: makePost(victim.world, seed, index).wire }));
    const wrong = await sendAll(victim, posts, tally);
    tally.posts += batch.length;
    await sleep(LOG_DELAY_MS);
    const inLog = tail.more().flatMap((line) => judgeLine(line) ?? []);
    const found = await findCulprits(inLog, wrong, batch, tell);
    // What one post alone does not show is a fault all the same.
    if (found === 0) {
      for (const { index, kind } of wrong) tally.faults.push({ kind, index, detail: 'only among others' });
      for (const { kind, line } of inLog) tally.faults.push({ kind, index: batch[0] ?? 0, detail: line });
      for (const { kind, line } of inLog.slice(0, 3))
        say(`FAULT among posts ${batch[0]} to ${batch.at(-1)}: ${kind}\n${line}`);
      for (const { index, kind } of wrong) say(`FAULT of post ${index}, among others: ${kind}`);
    }
    // Whoever waited may have cancelled, or used up what one sign-up is allowed.
    await renew(victim, seed);
    if (tally.posts % 1_000 === 0) say(`${tally.posts} posts, ${tally.faults.length} faults`);
  }
  return tally;
}

/** Whose answers were wrong are tried alone first; everybody only where they do not explain what is in the log. */
async function findCulprits(
  inLog: readonly { kind: string }[],
  wrong: readonly { index: number }[],
  batch: readonly number[],
  tell: (index: number) => Promise<number>,
): Promise<number> {
  let found = 0;
  for (const { index } of wrong) found += await tell(index);
  if (found >= inLog.length) return found;
  for (const index of batch) if (!wrong.some((one) => one.index === index)) found += await tell(index);
  return found;
}

async function renew({ world }: Victim, seed: number): Promise<void> {
  const { jar } = world;
  Object.assign(jar.cookies, { waiting: await waitingVisitor(world.origin, markerOf(seed, nextVisitor())) });
}
