import { getTranslations } from 'next-intl/server';
import type { FrameView } from '@/components/brand/shell';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import type { ClientSettings } from '@/lib/brand/settings';
import { brandView, linksView } from '@/lib/brand/view';
import { env } from '@/lib/env';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import type { RealmTexts } from '@/lib/keycloak/texts';
import { type PreviewChoices, stateAddress } from '@/lib/preview/choices';
import { REALM_TEXTS } from '@/lib/preview/realm';
import type { PreviewState } from '@/lib/preview/states';

/** What a state is drawn with; nothing of it was read from Keycloak. */
export interface Stage {
  readonly locale: Locale;
  readonly frame: FrameView;
  readonly settings: ClientSettings;
  /** What the client is called; undefined where the state is of everyone's. */
  readonly client: string | undefined;
  readonly texts: RealmTexts;
  /** The address of another state, looked at in the same way. */
  readonly to: (state: PreviewState) => string;
}

/** @returns the brand's logo for a scheme that is forced; a picture in a page follows the browser's own otherwise */
function logoIn(logo: FrameView['brand']['logo'], scheme: PreviewChoices['scheme']): FrameView['brand']['logo'] {
  if (logo === undefined || scheme === 'system') return logo;
  return { ...logo, light: scheme === 'dark' ? (logo.dark ?? logo.light) : logo.light, dark: undefined };
}

/**
 * Sets the stage for a state.
 * @param choices the state, and how it is looked at
 */
export async function stageFor(choices: PreviewChoices): Promise<Stage> {
  const { lang: locale, scheme } = choices;
  const clientId = clientConfig(choices.client) === undefined ? undefined : choices.client;
  const settings = settingsFor(clientId);
  const t = await getTranslations({ locale, namespace: 'preview.made' });
  // Where no brand has a name the realm's is shown; it is not read here, and its id stands in.
  const brand = brandView(settings, env().KEYCLOAK_REALM, locale);
  const to = (state: PreviewState) => stateAddress({ ...choices, state });
  return {
    locale,
    frame: {
      locale,
      locales: LOCALES,
      brand: { ...brand, logo: logoIn(brand.logo, scheme) },
      links: linksView(settings, locale),
      addressIn: (one) => stateAddress({ ...choices, lang: one }),
    },
    settings,
    client: settings.clientName,
    texts: { realm: new Map(REALM_TEXTS.map((name) => [name, t(name)])), theme: new Map() },
    to,
  };
}
