import { expect, it, test } from 'vitest';
import { withSheets } from './sheets';

const ATTRIBUTES = 'nonce="NONCE" data-precedence="next"';
const linkTo = (path: string) => `<link rel="stylesheet" href="${path}" ${ATTRIBUTES}/>`;
const page = (...links: string[]) => `<head>${links.join('')}<style nonce="NONCE">brand</style></head><body>$&</body>`;

const [ONE, TWO] = ['/_next/static/chunks/one.css', '/_next/static/chunks/two.css'] as const;
const TEXTS: Readonly<Record<string, string>> = { [ONE]: 'a{content:"$&"}', [TWO]: 'b{}' };
const textOf = async (path: string) => TEXTS[path];

it('puts each sheet where its link is, in order, and leaves the link for print', async () => {
  const inPlace = (path: string) =>
    `<style ${ATTRIBUTES}>${TEXTS[path]}</style><link rel="stylesheet" href="${path}" ${ATTRIBUTES} media="print"/>`;
  expect(await withSheets(page(linkTo(ONE), linkTo(TWO)), textOf)).toBe(page(inPlace(ONE), inPlace(TWO)));
});

it('changes nothing where there is no sheet of the build', async () => {
  for (const html of [page(), page('<link rel="stylesheet" href="https://elsewhere.example/a.css"/>')])
    expect(await withSheets(html, textOf)).toBe(html);
});

it('leaves a link to a sheet that does not come', async () => {
  const html = page(linkTo('/_next/static/chunks/gone.css'));
  expect(await withSheets(html, textOf)).toBe(html);
});

test.each(['@import "other.css";', 'a{background:url(../media/a.svg)}', 'a{content:"</style><script>"}'])(
  'leaves a link to a sheet that can stand in no page: %s',
  async (text) => {
    const html = page(linkTo(ONE));
    expect(await withSheets(html, async () => text)).toBe(html);
  },
);
