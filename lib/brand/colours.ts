/** Each colour of a page: the variable of `app/globals.css` that holds it, and what it is for. */
export const COLOURS = {
  accent: { variable: '--accent', use: 'Buttons, links, focus and the current step.' },
  onAccent: { variable: '--on-accent', use: 'Text on the accent colour.' },
  panel: { variable: '--panel', use: 'The brand panel beside the form.' },
  onPanel: { variable: '--on-panel', use: 'Text on the brand panel.' },
  page: { variable: '--page', use: 'Behind everything.' },
  surface: { variable: '--surface', use: 'Fields and boxes.' },
  ink: { variable: '--ink', use: 'Text.' },
  muted: { variable: '--muted', use: 'Text that is less important.' },
  line: { variable: '--line', use: 'The edge of fields.' },
  hairline: { variable: '--hairline', use: 'Lines that only divide.' },
  danger: { variable: '--danger', use: 'Errors.' },
  dangerWash: { variable: '--danger-wash', use: 'Behind a list of errors.' },
  good: { variable: '--good', use: 'What went well.' },
} as const;

export type ColourName = keyof typeof COLOURS;
export type Palette = Readonly<Record<ColourName, string>>;

export const COLOUR_NAMES = Object.keys(COLOURS) as readonly ColourName[];

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** The portal's own colours, as `app/globals.css` has them; a test holds the two against each other. */
export const OWN_COLOURS: Readonly<Record<Scheme, Palette>> = {
  light: {
    accent: '#0b5d66',
    onAccent: '#ffffff',
    panel: '#0d3b45',
    onPanel: '#f1f8f8',
    page: '#f5f3ef',
    surface: '#ffffff',
    ink: '#18212c',
    muted: '#55606f',
    line: '#7d8694',
    hairline: '#dfdcd5',
    danger: '#b0271c',
    dangerWash: '#fdf1ef',
    good: '#17693f',
  },
  dark: {
    accent: '#67cfc6',
    onAccent: '#042a2c',
    panel: '#0a2a32',
    onPanel: '#e6f3f3',
    page: '#0d1318',
    surface: '#151d25',
    ink: '#e9eef3',
    muted: '#a7b3c1',
    line: '#6b7989',
    hairline: '#28333e',
    danger: '#ffa197',
    dangerWash: '#2b1a1b',
    good: '#86dcae',
  },
};
