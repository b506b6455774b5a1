import type { PortalConfig } from './config';

type Colours = NonNullable<PortalConfig['brand']['colors']['light']>;

function declarations(colours: Colours | undefined): string {
  const names: Readonly<Record<keyof Colours, string>> = {
    accent: '--accent',
    onAccent: '--on-accent',
    panel: '--panel',
    onPanel: '--on-panel',
  };
  return (Object.keys(names) as (keyof Colours)[])
    .filter((key) => colours?.[key] !== undefined)
    .map((key) => `${names[key]}:${colours?.[key]};`)
    .join('');
}

/**
 * The brand's own values for the CSS variables of `app/globals.css`, as a style sheet. They are data, read at run time:
 * changing a colour needs no build.
 * @param brand the validated configuration; its values are colours and lengths, so nothing can leave the style element
 * @returns CSS, empty where the brand changes nothing
 */
export function themeStyles(brand: PortalConfig['brand']): string {
  const light = declarations(brand.colors.light) + (brand.corner ? `--corner:${brand.corner};` : '');
  const dark = declarations(brand.colors.dark);
  return (light ? `:root{${light}}` : '') + (dark ? `@media (prefers-color-scheme:dark){:root{${dark}}}` : '');
}
