import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COLOUR_NAMES, COLOURS, OWN_COLOURS, SCHEMES } from './colours';
import { contrast, contrastProblems } from './contrast';
import { parseConfigText } from './parse';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** The rules `:root` of the style sheet: the first is for light, the second for dark. */
const roots = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body ?? '');

it.each(SCHEMES)('knows the colours of the style sheet (%s)', (scheme) => {
  const body = roots[SCHEMES.indexOf(scheme)] ?? '';
  const written = COLOUR_NAMES.map(
    (name) => new RegExp(`\\${COLOURS[name].variable}: (#[0-9a-f]{6});`).exec(body)?.[1],
  );
  expect(written).toEqual(COLOUR_NAMES.map((name) => OWN_COLOURS[scheme][name]));
  expect([...body.matchAll(/--[\w-]+: #/g)]).toHaveLength(COLOUR_NAMES.length);
});

it.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#0000ff', '#ffffff', 8.59],
])('measures the contrast of %s on %s as %d', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBeCloseTo(ratio, 2);
});

it('finds no fault with the portal’s own colours', () => {
  expect(contrastProblems({ brand: undefined, clients: {} })).toEqual([]);
});

function problems(config: object): string[] {
  const result = parseConfigText(JSON.stringify(config));
  return result.ok ? [] : result.problems;
}

it('names the pair, its ratio and the one it needs, with what stands above or is the portal’s own', () => {
  expect(problems({ clients: { shop: { brand: { colors: { light: { accent: '#8fb7ff' } } } } } })).toEqual([
    expect.stringMatching(
      /^PORTAL_CONFIG clients\.shop\.brand\.colors\.light: onAccent \(#ffffff, which is not set here\) on accent \(#8fb7ff\) has a contrast of 2\.\d+:1; text needs 4\.5:1 \(WCAG 2\.2, 1\.4\.3\): choose/,
    ),
    expect.stringContaining('accent (#8fb7ff) on page (#f5f3ef, which is not set here)'),
    expect.stringContaining('accent (#8fb7ff) on surface'),
  ]);
});

it('looks at the dark scheme, too, and at the edges of controls', () => {
  expect(problems({ brand: { colors: { dark: { line: '#30363d' } } } })).toEqual([
    expect.stringMatching(/brand\.colors\.dark: line \(#30363d\) on page .* the edge of a control needs 3:1/),
    expect.stringContaining('line (#30363d) on surface'),
  ]);
});

it('judges text on the panel where the panel is lightest or darkest', () => {
  const colors = { light: { panel: '#5c6f7c', onPanel: '#ffffff' } };
  expect(problems({ brand: { colors } })).toEqual([expect.stringContaining('where the panel is lightest or darkest')]);
  expect(problems({ brand: { colors, panel: 'flat' } })).toEqual([]);
});

it('says a fault of everyone’s brand once, and not again for each client', () => {
  const brand = { colors: { light: { good: '#7fdca4' } } };
  const found = problems({ brand, clients: { a: { brand: { corner: '4px' } }, b: {} } });
  expect(found.map((line) => line.split(':')[0])).toEqual(Array(2).fill('PORTAL_CONFIG brand.colors.light'));
});
