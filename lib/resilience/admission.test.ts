import { expect, test } from 'vitest';
import { Admission, Crowded } from './admission';

function clock() {
  let time = 1_000_000;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

/** Work that lasts until it is let go. */
function held() {
  let release: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { work: () => done, release };
}

const refusalOf = (admitted: Promise<unknown>) =>
  admitted.then(
    () => undefined,
    (error: unknown) => (error instanceof Crowded ? error.retryAfter : error),
  );

test('as many as there is room for are served, as many again wait their turn, and nobody is lost', async () => {
  const door = new Admission(2);
  const first = [held(), held()];
  const served: string[] = [];
  const inside = first.map(({ work }, index) => door.admit(work).then(() => served.push(`inside ${index}`)));
  const waiting = [0, 1].map((index) => door.admit(async () => served.push(`waited ${index}`)));
  expect(await refusalOf(door.admit(async () => served.push('refused')))).toBe(2);
  for (const { release } of first) release();
  await Promise.all([...inside, ...waiting]);
  expect(served.toSorted()).toEqual(['inside 0', 'inside 1', 'waited 0', 'waited 1']);
});

test('those who are refused together come back one after the other, as fast as work is being done', async () => {
  const time = clock();
  const door = new Admission(1, time.now);
  const { work, release } = held();
  const inside = door.admit(work);
  const waiting = door.admit(async () => undefined);
  const places: unknown[] = [];
  // Half a second each, until something else is known.
  for (let index = 0; index < 8; index++) places.push(await refusalOf(door.admit(async () => undefined)));
  expect(places).toEqual([2, 3, 3, 4, 4, 5, 5, 6]);
  release();
  await Promise.all([inside, waiting]);
});

test('slow work makes the others wait longer, and nobody longer than a minute', async () => {
  const time = clock();
  const door = new Admission(1, time.now);
  for (let index = 0; index < 50; index++) await door.admit(async () => time.pass(20_000));
  const { work, release } = held();
  const [inside, waiting] = [door.admit(work), door.admit(async () => undefined)];
  const places: unknown[] = [];
  for (let index = 0; index < 6; index++) places.push(await refusalOf(door.admit(async () => undefined)));
  expect(places).toEqual([2, 22, 42, 60, 60, 60]);
  release();
  await Promise.all([inside, waiting]);
});

test('work that fails gives its place back, and its error to whoever asked', async () => {
  const door = new Admission(1);
  for (let index = 0; index < 5; index++)
    await expect(door.admit(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await door.admit(async () => 'served')).toBe('served');
});
