/** Fonts that the visitor's system brings: nothing is fetched, and nobody is asked. Each ends with ones for Arabic. */
const ARABIC = '"SF Arabic","Segoe UI","Noto Sans Arabic","Noto Naskh Arabic"';

/** What a brand can choose from, by name, as CSS `font-family` lists. */
export const FONTS = {
  system: `system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",${ARABIC},sans-serif`,
  humanist: `Optima,Candara,"Gill Sans Nova","Gill Sans","Trebuchet MS",Ubuntu,"Noto Sans",${ARABIC},sans-serif`,
  geometric: `Avenir,"Avenir Next","Century Gothic",Corbel,"URW Gothic",Montserrat,${ARABIC},sans-serif`,
  rounded: `ui-rounded,"SF Pro Rounded","Arial Rounded MT Bold",Nunito,Quicksand,${ARABIC},sans-serif`,
  serif: `"Iowan Old Style",Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,"Noto Serif","DejaVu Serif",${ARABIC},serif`,
  slab: `Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif",${ARABIC},serif`,
  mono: `ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono",${ARABIC},monospace`,
} as const;

export const FONT_NAMES = Object.keys(FONTS) as (keyof typeof FONTS)[];
