import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseConfigText } from './parse';
import { configWatch } from './reload';

const named = (name: string) => JSON.stringify({ brand: { name } });

let folder: string;
let file: string;
let events: string[];
let names: (string | undefined)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reload-'));
  file = join(folder, 'portal.json');
  events = [];
  names = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

/** @returns looks at the file as often as it takes for a change to be taken up */
function watch(first: string): () => Promise<void> {
  const look = configWatch(first, {
    read: () => readFile(file, 'utf8'),
    parse: (text) => parseConfigText(text),
    accept: ({ brand }) => names.push(brand?.name),
    tell: (_level, event, facts) => events.push(`${event} ${facts?.problems.join() ?? ''}`.trim()),
  });
  return async () => {
    await look();
    await look();
    await look();
  };
}

it('takes up what is written in place', async () => {
  writeFileSync(file, named('one'));
  const look = watch(named('one'));
  await look();
  expect(events).toEqual([]);
  writeFileSync(file, named('two'));
  await look();
  expect(names).toEqual(['two']);
  expect(events).toEqual(['config.reloaded']);
});

it('takes up what is renamed over the old file', async () => {
  writeFileSync(file, named('one'));
  const look = watch(named('one'));
  writeFileSync(`${file}.new`, named('two'));
  renameSync(`${file}.new`, file);
  await look();
  expect(names).toEqual(['two']);
});

it('takes up what a symbolic link leads to, swapped as Kubernetes swaps a ConfigMap', async () => {
  const version = (name: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'portal.json'), named(name));
    symlinkSync(name, join(folder, 'data.new'));
    renameSync(join(folder, 'data.new'), join(folder, '..data'));
  };
  version('one');
  symlinkSync(join('..data', 'portal.json'), file);
  const look = watch(named('one'));
  await look();
  expect(events).toEqual([]);
  version('two');
  await look();
  expect(names).toEqual(['two']);
});

it('keeps the last good version where the new one is bad, and says so once', async () => {
  writeFileSync(file, named('one'));
  const look = watch(named('one'));
  writeFileSync(file, '{"brand":{"nmae":"two"}}');
  await look();
  await look();
  expect(names).toEqual([]);
  expect(events).toEqual([expect.stringMatching(/^config\.rejected PORTAL_CONFIG brand: does not know nmae/)]);
  writeFileSync(file, named('three'));
  await look();
  expect(names).toEqual(['three']);
});

it('says once that the file is gone, and goes on when it is back', async () => {
  const look = watch(named('one'));
  await look();
  expect(events).toEqual(['config.unreadable']);
  writeFileSync(file, named('two'));
  await look();
  expect(events).toEqual(['config.unreadable', 'config.reloaded']);
});

it('does not judge what is still being written', async () => {
  let text = named('one');
  const look = configWatch(text, {
    read: async () => text,
    parse: (found) => parseConfigText(found),
    accept: ({ brand }) => names.push(brand?.name),
    tell: (_level, event) => events.push(event),
  });
  for (text of ['{', '{"brand"', '{"brand":{"name":"tw', named('two')]) await look();
  expect(events).toEqual([]);
  await look();
  expect(names).toEqual(['two']);
});
