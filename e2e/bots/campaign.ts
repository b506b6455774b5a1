import { KINDS, type Kind, open, type Prey, type Sender, signUp } from './bot';

/** Addresses that the bots have: of the loopback network, each a true one. */
export const ADDRESSES = 50;

const AT_ONCE = 24;

/** How a kind of bot fared. */
export interface Score {
  sent: number;
  accounts: number;
  readonly answers: Map<string, number>;
}

/** Which kind a bot is: three in ten each look at nothing, fill in everything, or are careful; one has money. */
export function kindOf(number: number): Kind {
  return KINDS[[0, 1, 2, 0, 1, 2, 0, 1, 2, 3][number % 10] ?? 0] ?? 'script';
}

const nameOf = (number: number) => `robot-${kindOf(number)}-${number}`;

function senderOf(number: number): Sender {
  const forged = `198.51.100.${number % 256}, 203.0.113.${(number * 7) % 256}`;
  // Every kind comes from every address.
  return { address: `127.0.1.${1 + (Math.floor(number / 10) % ADDRESSES)}`, forged };
}

/**
 * Sends bots to a page.
 * @param domain of their addresses
 * @param halfway done in the middle of it, at the same time
 * @returns the scores by kind; accounts are counted by `countAccounts`
 */
export async function sendBots(prey: Prey, count: number, domain: string, halfway: () => Promise<void>) {
  const scores = new Map<Kind, Score>(KINDS.map((kind) => [kind, { sent: 0, accounts: 0, answers: new Map() }]));
  const recorded = await open(prey, { address: '127.0.1.250', forged: '192.0.2.1' });
  let next = 0;
  let middle: Promise<void> | undefined;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const number = next++;
        if (number >= count / 2) middle ??= halfway();
        const kind = kindOf(number);
        const status = await signUp(prey, kind, senderOf(number), nameOf(number), domain, recorded).then(
          String,
          (error: unknown) => (error instanceof Error ? error.message.slice(0, 40) : 'error'),
        );
        const score = scores.get(kind);
        if (score === undefined) continue;
        score.sent += 1;
        score.answers.set(status, (score.answers.get(status) ?? 0) + 1);
      }
    }),
  );
  await (middle ?? halfway());
  return scores;
}

/** Counts the accounts that came of it. @param usernames of the realm */
export function countAccounts(scores: ReadonlyMap<Kind, Score>, usernames: readonly string[]): number {
  for (const [kind, score] of scores)
    score.accounts = usernames.filter((name) => name.startsWith(`robot-${kind}-`)).length;
  return [...scores.values()].reduce((sum, { accounts }) => sum + accounts, 0);
}

/** A table of both runs, a line a kind. */
export function table(runs: Readonly<Record<string, ReadonlyMap<Kind, Score>>>): string[] {
  const lines = Object.entries(runs).flatMap(([page, scores]) =>
    [...scores].map(([kind, { sent, accounts, answers }]) => {
      const said = [...answers].map(([status, times]) => `${status} × ${times}`).join(', ');
      return `${page.padEnd(22)} ${kind.padEnd(8)} ${String(sent).padStart(6)} ${String(accounts).padStart(9)}  ${said}`;
    }),
  );
  return [
    `${'page'.padEnd(22)} ${'kind'.padEnd(8)} ${'sent'.padStart(6)} ${'accounts'.padStart(9)}  answered`,
    ...lines,
  ];
}
