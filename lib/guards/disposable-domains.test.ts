import { expect, test } from 'vitest';
import { watchedList } from './disposable-domains';

const BUILT: ReadonlySet<string> = new Set(['built-in.example']);
const listOf = (name: string) => Array.from({ length: 1_000 }, (_, index) => `${name}-${index}.example`).join('\n');

/** A file that a test replaces, and what was said about it. */
function watching(content: string | undefined) {
  const told: string[] = [];
  const file = { content, version: 1, time: 0, reads: 0 };
  const current = watchedList(() => BUILT, {
    version: () => (file.content === undefined ? undefined : String(file.version)),
    read: () => {
      file.reads += 1;
      return file.content ?? '';
    },
    now: () => file.time,
    tell: (_level, event) => told.push(event),
  });
  const replace = (next: string | undefined) => {
    file.content = next;
    file.version += 1;
    file.time += 1_000;
  };
  return { current, file, told, replace };
}

test('the file’s list holds, and the next one as soon as it is there', () => {
  const { current, replace, told } = watching(listOf('old'));
  expect(current().has('old-1.example')).toBe(true);
  replace(listOf('new'));
  expect(current().has('old-1.example')).toBe(false);
  expect(current().has('new-1.example')).toBe(true);
  expect(told).toEqual(['disposable-domains.loaded', 'disposable-domains.loaded']);
});

test('it is read once for each version, and looked at once a second', () => {
  const { current, file } = watching(listOf('old'));
  for (let time = 0; time < 5_000; time += 100) {
    file.time = time;
    current();
  }
  expect(file.reads).toBe(1);
  file.version += 1;
  current();
  expect(file.reads).toBe(1);
});

test('where the file is bad or gone the last good list holds on, and it is told once', () => {
  const { current, file, replace, told } = watching(listOf('old'));
  current();
  for (const bad of ['<html>', undefined]) {
    replace(bad);
    current();
    file.time += 1_000;
    expect(current().has('old-1.example')).toBe(true);
  }
  expect(told.slice(1)).toEqual(['disposable-domains.rejected', 'disposable-domains.rejected']);
});

test('until there is a good file, the portal’s own list holds', () => {
  const { current, replace, told } = watching(undefined);
  expect(current()).toBe(BUILT);
  expect(told).toEqual(['disposable-domains.rejected']);
  replace(listOf('new'));
  expect(current().has('new-1.example')).toBe(true);
});
