import { COLOUR_NAMES, COLOURS, type ColourName, OWN_COLOURS, SCHEMES, type Scheme } from './colours';
import { FONTS } from './fonts';
import type { ClientSettings } from './settings';

type Brand = ClientSettings['brand'];

function colourDeclarations(colours: Partial<Record<ColourName, string | undefined>> | undefined): string {
  return COLOUR_NAMES.filter((name) => colours?.[name] !== undefined)
    .map((name) => `${COLOURS[name].variable}:${colours?.[name]};`)
    .join('');
}

/**
 * The brand's own values for the CSS variables of `app/globals.css`, as a style sheet. They are data, read at run time:
 * changing a colour needs no build.
 * @param brand of validated settings; its values are colours, lengths and names, so nothing can leave the style element
 * @param forced the one scheme to show, whatever the browser prefers; left out, the browser decides
 * @returns CSS, empty where nothing is changed
 */
export function themeStyles(brand: Brand, forced?: Scheme): string {
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
  const colours =
    forced === undefined
      ? SCHEMES.map((scheme) => {
          const css = rule(colourDeclarations(brand.colors?.[scheme]));
          return css && `@media (prefers-color-scheme:${scheme}){${css}}`;
        }).join('')
      : // The later of two declarations counts.
        rule(
          `color-scheme:${forced};${colourDeclarations(OWN_COLOURS[forced])}${colourDeclarations(brand.colors?.[forced])}`,
        );
  // Serifs and fixed widths are the Latin letters' own: Arabic ones get what reads best.
  return rule(always) + rule(fonts, ':not(:lang(ar))') + colours;
}
