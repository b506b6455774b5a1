import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** Each block of code, with the language and the file that its first line names. */
const snippets = [...read('docs/embedding.md').matchAll(/^```(\w*)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language, file, text]) => ({ language, file, text: text ?? '' }),
);

/** A snippet may be indented less than it is in its file. */
const lines = (text: string) => text.replace(/^ +/gm, '');

test('each snippet of the documentation stands in a file that a journey runs', () => {
  expect(snippets.length).toBeGreaterThan(5);
  const journeys =
    ['embed', 'sign-up-link'].map((name) => read(`e2e/${name}.spec.ts`)).join('') + read('e2e/application.ts');
  for (const { file, text } of snippets) {
    expect(file, text).toBeDefined();
    expect(lines(read(String(file))), file).toContain(lines(text));
    const name = String(file).replace('examples/', '').replace(/\.ts$/, '');
    expect(`${journeys} ${read('e2e/global-setup.ts')}`, file).toContain(name);
  }
});

test('the script of the element is under 3 KB on the wire', () => {
  expect(gzipSync(read('public/embed.js')).length).toBeLessThan(3_000);
});
