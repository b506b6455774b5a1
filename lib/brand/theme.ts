import { COLOUR_NAMES, COLOURS, SCHEMES, type Scheme } from './colours';
import { FONTS } from './fonts';
import type { ClientSettings } from './settings';

type Brand = ClientSettings['brand'];

function colourDeclarations(brand: Brand, scheme: Scheme): string {
  const colours = brand.colors?.[scheme];
  return COLOUR_NAMES.filter((name) => colours?.[name] !== undefined)
    .map((name) => `${COLOURS[name].variable}:${colours?.[name]};`)
    .join('');
}

/**
 * The brand's own values for the CSS variables of `app/globals.css`, as a style sheet. They are data, read at run time:
 * changing a colour needs no build.
 * @param brand of validated settings; its values are colours, lengths and names, so nothing can leave the style element
 * @returns CSS, empty where the brand changes nothing
 */
export function themeStyles(brand: Brand): string {
  const always = [
    brand.corner === undefined ? '' : `--corner:${brand.corner};`,
    brand.panel === 'flat' ? '--panel-lighter:0%;--panel-darker:0%;' : '',
  ].join('');
  const fonts = [
    brand.font === undefined ? '' : `--font:${FONTS[brand.font]};`,
    brand.headingFont === undefined ? '' : `--heading-font:${FONTS[brand.headingFont]};`,
  ].join('');
  // More specific than the portal's own rules, so that the order of the two style sheets does not matter.
  const rule = (declarations: string, where = '') => (declarations ? `html:root${where}{${declarations}}` : '');
  const schemes = SCHEMES.map((scheme) => [scheme, rule(colourDeclarations(brand, scheme))] as const);
  return (
    rule(always) +
    // Serifs and fixed widths are the Latin letters' own: Arabic ones get what reads best.
    rule(fonts, ':not(:lang(ar))') +
    schemes.map(([scheme, css]) => (css ? `@media (prefers-color-scheme:${scheme}){${css}}` : '')).join('')
  );
}
