import { type ColourName, OWN_COLOURS, type Palette, SCHEMES } from './colours';
import type { PortalConfig } from './schema';

/** Red, green and blue, each from 0 to 1. */
type Rgb = readonly [number, number, number];

/** Something that is wrong at one place of the configuration. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const toRgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as never;
const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const fromLinear = (channel: number) =>
  channel <= 0.0031308 ? channel * 12.92 : 1.055 * Math.max(0, channel) ** (1 / 2.4) - 0.055;

/** As a screen has it: 256 steps for each channel. */
const toHex = (colour: Rgb) =>
  `#${colour
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(toLinear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The contrast of two colours (WCAG 2.2, "contrast ratio").
 * @param one, other as `#rrggbb`
 * @returns from 1 to 21
 */
export function contrast(one: string, other: string): number {
  const both = [one, other].map((colour) => luminance(toRgb(colour)));
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}

/** Björn Ottosson's Oklab (CSS Color 4, 10.2). */
function toOklab(colour: Rgb): Rgb {
  const [r, g, b] = colour.map(toLinear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((channel) => Math.min(1, Math.max(0, fromLinear(channel)))) as never;
}

/** `color-mix(in oklab, colour, other share)` */
function mix(colour: string, other: string, share: number): string {
  const [from, to] = [toOklab(toRgb(colour)), toOklab(toRgb(other))];
  return toHex(fromOklab(from.map((value, index) => value * (1 - share) + (to[index] ?? 0) * share) as never));
}

/** The lightest and the darkest that `.brand-panel` of `app/globals.css` makes of the panel's colour. */
const glow = (panel: string) => [mix(panel, '#ffffff', 0.16), mix(panel, '#000000', 0.3)];

const TEXT = { least: 4.5, rule: 'text needs 4.5:1 (WCAG 2.2, 1.4.3)' };
const EDGE = { least: 3, rule: 'the edge of a control needs 3:1 (WCAG 2.2, 1.4.11)' };

type Pair = readonly [front: ColourName, back: ColourName, need: typeof TEXT];

/** What stands on what, on any page. Focus rings are the accent, which as the colour of links is held to more. */
const PAIRS: readonly Pair[] = [
  ['onAccent', 'accent', TEXT],
  ['onPanel', 'panel', TEXT],
  ['ink', 'page', TEXT],
  ['ink', 'surface', TEXT],
  ['ink', 'dangerWash', TEXT],
  ['muted', 'page', TEXT],
  ['muted', 'surface', TEXT],
  ['muted', 'dangerWash', TEXT],
  ['accent', 'page', TEXT],
  ['accent', 'surface', TEXT],
  ['danger', 'page', TEXT],
  ['danger', 'surface', TEXT],
  ['danger', 'dangerWash', TEXT],
  ['good', 'page', TEXT],
  ['good', 'surface', TEXT],
  ['line', 'page', EDGE],
  ['line', 'surface', EDGE],
];

/** The least contrast of a pair, wherever and however the page shows it. */
function leastContrast(palette: Palette, [front, back]: Pair, hasGlow: boolean): number {
  const ground = palette[back];
  const grounds = back === 'panel' && hasGlow ? [ground, ...glow(ground)] : [ground];
  return Math.min(...grounds.map((one) => contrast(palette[front], one)));
}

type Brand = PortalConfig['brand'];

/**
 * The colours of a page: the last brand's over those before it, all over the portal's own.
 * @param brands of validated settings
 */
export function palettes(...brands: readonly Brand[]): Readonly<Record<(typeof SCHEMES)[number], Palette>> {
  const of = (scheme: (typeof SCHEMES)[number]): Palette =>
    Object.assign({}, OWN_COLOURS[scheme], ...brands.map((brand) => brand?.colors?.[scheme] ?? {}));
  return { light: of('light'), dark: of('dark') };
}

function brandProblems(path: readonly string[], brand: Brand, above: Brand): Problem[] {
  const [own, inherited] = [palettes(above, brand), palettes(above)];
  const [panel, panelAbove] = [brand?.panel ?? above?.panel ?? 'glow', above?.panel ?? 'glow'];
  return SCHEMES.flatMap((scheme) =>
    PAIRS.flatMap((pair) => {
      const [front, back, need] = pair;
      const found = leastContrast(own[scheme], pair, panel === 'glow');
      if (found >= need.least) return [];
      // What is wrong above is said there.
      const before = leastContrast(inherited[scheme], pair, panelAbove === 'glow');
      if (path[0] === 'clients' && before === found) return [];
      const name = (colour: ColourName) => {
        const isOwn = brand?.colors?.[scheme]?.[colour] !== undefined;
        return `${colour} (${own[scheme][colour]}${isOwn ? '' : ', which is not set here'})`;
      };
      const where = back === 'panel' && panel === 'glow' ? ' where the panel is lightest or darkest' : '';
      const shown = Math.floor(found * 100) / 100;
      return [
        {
          path: [...path, 'brand', 'colors', scheme],
          message: `${name(front)} on ${name(back)} has a contrast of ${shown}:1${where}; ${need.rule}: choose a lighter or darker colour for one of the two`,
        },
      ];
    }),
  );
}

/**
 * Finds the colours that can't be told apart well enough, in both schemes, as a visitor gets to see them: a client's on top
 * of the brand's on top of the portal's own.
 * @returns a problem for each pair, with its ratio and the one it needs
 */
export function contrastProblems({ brand, clients }: Pick<PortalConfig, 'brand' | 'clients'>): Problem[] {
  return [
    ...brandProblems([], brand, undefined),
    ...Object.entries(clients).flatMap(([id, client]) => brandProblems(['clients', id], client.brand, brand)),
  ];
}
