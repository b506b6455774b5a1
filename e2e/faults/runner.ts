import { until } from '../until';
import { newAddress } from '../visitor';
import { ROWS, type Row } from './rows';
import { confirm, fillAndSend, firstAnswer, goOn, untilMailed } from './visit';
import type { World } from './world';

/** What came of a row. */
export interface Outcome {
  readonly fault: string;
  /** The visitor's first answer, and after how long (milliseconds). */
  readonly saw: string;
  readonly after: number;
  /** Accounts that there were when that answer came; undefined when nobody could say. */
  readonly storedThen: number | undefined;
  readonly stored: string;
  readonly isLost: boolean;
  readonly isDoubled: boolean;
  readonly isDeadEnd: boolean;
  /** The fault was to meet a request, and met none: the row says nothing. */
  readonly isUnmet: boolean;
}

/** How long what is tidied up after the answer may take (milliseconds). */
const TIDY_MS = 20_000;

/** A portal has met the fault before this one, and reads its realm anew in its own time (milliseconds). */
const READY_MS = 30_000;

async function untilReady(portalUrl: string): Promise<void> {
  const ready = () => fetch(`${portalUrl}/api/health?ready`).catch(() => undefined);
  const answer = await until(ready, (one) => one?.ok === true, { within: READY_MS, every: 250 });
  if (!answer?.ok) throw new Error(`${portalUrl} is not ready: ${(await answer?.text()) ?? 'no answer'}`);
}

/** Waits until no more accounts are there than shall be. @returns how many there are */
async function settled({ accounts }: World, expected: number): Promise<number> {
  const count = async () => (await accounts.count()) ?? Number.NaN;
  return until(count, (there) => there <= expected, { within: TIDY_MS, every: 250 });
}

/**
 * Has one visitor meet one fault: what they see, whether they find their way to the end, and what is stored then.
 * @param world the stack, without any fault
 */
export async function runRow(world: World, row: Row): Promise<Outcome> {
  const email = newAddress();
  const portalUrl = world.portal(row.portal ?? 'faults');
  const formUrl = `${portalUrl}/en/sign-up`;
  await untilReady(portalUrl);
  const met = () => world.ways.keycloak.met + world.ways.captcha.met;
  const metBefore = met();
  const before = (await world.accounts.count()) ?? 0;
  const context = await world.browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    const early = row.isEarly ? await row.strike(world, { email }) : undefined;
    await page.goto(formUrl);
    const lift = early ?? (await row.strike(world, { email }));
    let lifted = false;
    try {
      const started = Date.now();
      await fillAndSend(page, email);
      const saw = await firstAnswer(page);
      const after = Date.now() - started;
      const storedThen = await world.accounts.count();
      await lift();
      lifted = true;
      const isAccepted = await goOn(page, formUrl, email);
      const mails = row.isOthers ? 0 : await untilMailed(world, email);
      if (mails > 0) await confirm(world, await context.newPage(), email);
      const all = await settled(world, before + 1);
      const own = await world.accounts.find(email);
      const isConfirmed = own.some(({ emailVerified }) => emailVerified);
      const confirmed = isConfirmed ? 'confirmed' : 'not confirmed';
      return {
        fault: row.fault,
        saw,
        after,
        storedThen: storedThen === undefined ? undefined : storedThen - before,
        stored: `${own.length} account${own.length === 1 ? '' : 's'}, ${confirmed}, ${mails} mail${mails === 1 ? '' : 's'}`,
        isLost: isAccepted && (own.length === 0 || (!row.isOthers && !isConfirmed)),
        isDoubled: own.length > 1 || all > before + 1,
        isDeadEnd: !isAccepted,
        isUnmet: row.isOnWay === true && met() === metBefore,
      };
    } finally {
      if (!lifted) await lift();
    }
  } finally {
    await context.close();
  }
}

/** The rows of the table that can be run here. @param isShort those of `npm test` */
export function rowsFor(world: Pick<World, 'servers'>, isShort: boolean): readonly Row[] {
  return ROWS.filter((row) => (row.isShort || !isShort) && (world.servers !== undefined || !row.needsServers));
}

const cell = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/** A line of the table. */
export function line({ fault, saw, after, storedThen, stored, isUnmet }: Outcome): string {
  const then = storedThen === undefined ? '?' : String(storedThen);
  const unmet = isUnmet ? ' (the fault met no request)' : '';
  return `${cell(fault, 62)} ${cell(saw, 52)} ${`${after} ms`.padStart(9)} ${then.padStart(4)}  ${stored}${unmet}`;
}

/** The head of the table. */
export const HEAD = `${'fault'.padEnd(62)} ${'the visitor saw'.padEnd(52)} ${'after'.padStart(9)} then  stored at the end`;

const count = (outcomes: readonly Outcome[], is: (one: Outcome) => boolean) => outcomes.filter(is).length;

/**
 * The last line, and whether it is as it has to be.
 * @param outcomes of all rows
 */
export function verdict(outcomes: readonly Outcome[]): { readonly text: string; readonly isGood: boolean } {
  const [lost, doubled, deadEnds] = [
    count(outcomes, ({ isLost }) => isLost),
    count(outcomes, ({ isDoubled }) => isDoubled),
    count(outcomes, ({ isDeadEnd }) => isDeadEnd),
  ];
  return {
    text: `faults: ${outcomes.length} rows, ${lost} lost, ${doubled} doubled, ${deadEnds} dead ends`,
    isGood: outcomes.length > 0 && lost + doubled + deadEnds === 0 && !outcomes.some(({ isUnmet }) => isUnmet),
  };
}
