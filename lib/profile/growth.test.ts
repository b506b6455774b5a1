import { expect, it } from 'vitest';
import { deriveForm } from './form-model';
import { runRule } from './rules';
import { CONTEXT, EVERYONE, REALM, REQUEST } from './testing.fixture';

/** Work is told by how often what is given is read: twice as much of it may be read twice as often, and no more. */

let reads = 0;

function counted<Value extends object>(value: Value): Value {
  return new Proxy(value, {
    get(target, name, receiver) {
      reads++;
      return Reflect.get(target, name, receiver);
    },
  });
}

/** @returns how often `run` reads what is {@link counted} */
function readsOf(run: () => unknown): number {
  reads = 0;
  run();
  return reads;
}

it('a form of twice the attributes and groups is derived with twice the work', () => {
  const work = (size: number) => {
    const numbers = Array.from({ length: size }, (_, index) => index);
    const profile = {
      attributes: numbers.map((index) => counted({ name: `a${index}`, group: `g${index}`, permissions: EVERYONE })),
      groups: numbers.map((index) => counted({ name: `g${index}`, displayHeader: `Header ${1000 + index}` })),
    };
    return readsOf(() => deriveForm(profile, REALM, REQUEST));
  };
  expect(work(200)).toBeGreaterThan(200);
  expect(work(200)).toBeLessThan(2.1 * work(100));
});

it('many choices are judged against many options without going through the options for each', () => {
  const all = Array.from({ length: 200 }, (_, index) => `o${index}`);
  const work = (chosen: readonly string[]) => {
    const config = { options: counted(all) };
    return readsOf(() => expect(runRule('options', chosen, config, CONTEXT)).toEqual([]));
  };
  expect(work(all)).toBeGreaterThan(200);
  expect(work(all)).toBeLessThan(2 * work(['o199']));
});
