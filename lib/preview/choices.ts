import { direction, type Locale, localeOf } from '@/lib/i18n/locales';
import { isPreviewState, type PreviewState } from './states';

export const DIRECTIONS = ['auto', 'ltr', 'rtl'] as const;
export const SCHEME_CHOICES = ['system', 'light', 'dark'] as const;

/** The widths of the frame, in CSS pixels. */
export const WIDTHS = { phone: 360, tablet: 768, desktop: 1280 } as const;
export type Width = keyof typeof WIDTHS;
export const WIDTH_NAMES: readonly Width[] = ['phone', 'tablet', 'desktop'];

/** How a state is looked at. */
export interface PreviewChoices {
  readonly state: PreviewState;
  /** OIDC `client_id`, anyone's word; empty for what holds for everyone. */
  readonly client: string;
  readonly lang: Locale;
  readonly dir: (typeof DIRECTIONS)[number];
  readonly scheme: (typeof SCHEME_CHOICES)[number];
  readonly width: Width;
}

function oneOf<Name extends string>(names: readonly Name[], said: unknown): Name | undefined {
  return names.find((name) => name === said);
}

/**
 * Reads the choices out of a query; what is missing or unknown is as in the language, the system, on a desktop.
 * @param query of the gallery or of a state's own page
 */
export function readChoices(query: URLSearchParams): PreviewChoices {
  const state = query.get('state');
  return {
    state: isPreviewState(state) ? state : 'sign-up',
    client: query.get('client') ?? '',
    lang: localeOf(query.get('lang')),
    dir: oneOf(DIRECTIONS, query.get('dir')) ?? 'auto',
    scheme: oneOf(SCHEME_CHOICES, query.get('scheme')) ?? 'system',
    width: oneOf(WIDTH_NAMES, query.get('width')) ?? 'desktop',
  };
}

/** The writing direction of a page that is looked at. */
export function chosenDirection({ dir, lang }: Pick<PreviewChoices, 'dir' | 'lang'>): 'ltr' | 'rtl' {
  return dir === 'auto' ? direction(lang) : dir;
}

/** The address of a state alone. */
export function stateAddress({ state, client, lang, dir, scheme }: PreviewChoices): string {
  return `/preview/${state}?${new URLSearchParams({ client, lang, dir, scheme })}`;
}

/** The address of the gallery with these choices. */
export function galleryAddress(choices: PreviewChoices): string {
  return `/preview?${new URLSearchParams({ ...choices })}`;
}
