import { expect, it } from 'vitest';
import { COLOUR_NAMES, COLOURS, OWN_COLOURS } from './colours';
import { themeStyles } from './theme';

const BRAND = { colors: { dark: { accent: '#b6a6ff' } } };

it('leaves it to the browser which scheme is shown', () => {
  expect(themeStyles(BRAND)).toBe('@media (prefers-color-scheme:dark){html:root{--accent:#b6a6ff;}}');
});

it('shows one scheme alone where it is forced, with the brand’s colours over the portal’s own', () => {
  const css = themeStyles(BRAND, 'dark');
  expect(css).not.toContain('@media');
  expect(css).toContain('color-scheme:dark;');
  for (const name of COLOUR_NAMES) expect(css).toContain(`${COLOURS[name].variable}:${OWN_COLOURS.dark[name]};`);
  expect(css.lastIndexOf('--accent:#b6a6ff;')).toBeGreaterThan(css.indexOf(`--accent:${OWN_COLOURS.dark.accent};`));
});
