/**
 * What a brand can choose from, by name, as CSS `font-family` lists: fonts that the visitor's system brings, so that nothing
 * is fetched and nobody is asked.
 */
export const FONTS = {
  system: 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif',
  humanist: 'Optima,Candara,"Gill Sans Nova","Gill Sans","Trebuchet MS",Ubuntu,"Noto Sans",sans-serif',
  geometric: 'Avenir,"Avenir Next","Century Gothic",Corbel,"URW Gothic",Montserrat,sans-serif',
  rounded: 'ui-rounded,"SF Pro Rounded","Arial Rounded MT Bold",Nunito,Quicksand,sans-serif',
  serif: '"Iowan Old Style",Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,"Noto Serif","DejaVu Serif",serif',
  slab: 'Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif",serif',
  mono: 'ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono",monospace',
} as const;

export const FONT_NAMES = Object.keys(FONTS) as (keyof typeof FONTS)[];
