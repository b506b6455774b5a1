/** The products of the demo, by client id, with the names that Keycloak has for them. */
export const DEMO_PRODUCTS = { shop: 'Harbour Shop', developers: 'Tideline' } as const;
export type DemoProduct = keyof typeof DEMO_PRODUCTS;

/** The look of the company: what holds where no client, or another one, sends the visitor. */
const HOUSE = {
  name: 'Harbour',
  colors: {
    light: { accent: '#0b5d66', onAccent: '#ffffff', panel: '#0a2f3c', onPanel: '#eaf6f6' },
    dark: { accent: '#6fd0d8', onAccent: '#06232b', panel: '#071f28', onPanel: '#eaf6f6' },
  },
};

/** The same look as the theme's variables, for Keycloak's process (`keycloak/theme/vestibule/login/theme.properties`). */
export const DEMO_THEME_VARIABLES: Readonly<Record<string, string>> = {
  VESTIBULE_ACCENT: HOUSE.colors.light.accent,
  VESTIBULE_ON_ACCENT: HOUSE.colors.light.onAccent,
  VESTIBULE_PANEL: HOUSE.colors.light.panel,
  VESTIBULE_ON_PANEL: HOUSE.colors.light.onPanel,
  VESTIBULE_DARK_ACCENT: HOUSE.colors.dark.accent,
  VESTIBULE_DARK_ON_ACCENT: HOUSE.colors.dark.onAccent,
  VESTIBULE_DARK_PANEL: HOUSE.colors.dark.panel,
  VESTIBULE_DARK_ON_PANEL: HOUSE.colors.dark.onPanel,
};

/** A shop for people who sail: warm paper, serifs, round corners. */
const SHOP = {
  brand: {
    headingFont: 'serif',
    corner: '16px',
    colors: {
      light: {
        panel: '#0f4c5c',
        onPanel: '#fdf6e7',
        page: '#f8f3e9',
        hairline: '#e5dccb',
        line: '#82796b',
        muted: '#5d584e',
        ink: '#1d2a2e',
      },
      dark: {
        panel: '#0d3944',
        onPanel: '#fdf6e7',
        muted: '#b3b5ac',
        page: '#0e1517',
        surface: '#172124',
        hairline: '#2a3639',
      },
    },
    claim: {
      en: 'Good rope, dry socks, fair winds.',
      de: 'Gutes Tauwerk, trockene Socken, günstige Winde.',
      ar: 'حبال متينة، وجوارب جافة، ورياح مواتية.',
    },
  },
};

/** A portal for developers: flat, square, violet, headings like code. It has terms, and words of its own. */
const DEVELOPERS = {
  brand: {
    font: 'system',
    headingFont: 'mono',
    corner: '4px',
    panel: 'flat',
    colors: {
      light: {
        accent: '#5534d6',
        onAccent: '#ffffff',
        panel: '#15122b',
        onPanel: '#eeecff',
        page: '#fbfbfe',
        ink: '#15122b',
        muted: '#57546d',
        line: '#7f7c94',
        hairline: '#e4e2f0',
      },
      dark: {
        accent: '#b6a6ff',
        onAccent: '#1a1042',
        panel: '#1d1938',
        onPanel: '#eeecff',
        page: '#0d0b16',
        surface: '#151223',
        ink: '#edebf7',
        muted: '#a9a5c2',
        line: '#767191',
        hairline: '#2a2640',
      },
    },
    claim: {
      en: 'Tides, berths and weather, one request away.',
      de: 'Gezeiten, Liegeplätze, Wetter: eine Anfrage entfernt.',
      ar: 'المد والجزر والمراسي والطقس على بُعد طلب واحد.',
    },
  },
  texts: {
    en: {
      'signUp.titleFor': 'Start building on {client}',
      'signUp.lead': 'An account first; your keys come right after.',
    },
    de: { 'signUp.titleFor': 'Bau mit {client}', 'signUp.lead': 'Zuerst ein Konto, gleich danach deine Schlüssel.' },
    ar: { 'signUp.titleFor': 'ابدأ البناء باستخدام {client}', 'signUp.lead': 'حساب أولًا، ومفاتيحك بعده مباشرة.' },
  },
  terms: {
    version: '2026-01',
    documents: {
      en: {
        text: 'You may call the service as often as your plan allows.\nKeep your keys secret; whoever holds one acts for you.\nTide tables are predictions. Nobody should navigate by them alone.',
      },
      de: {
        text: 'Du darfst den Dienst so oft aufrufen, wie dein Tarif es erlaubt.\nHalte deine Schlüssel geheim; wer einen hat, handelt für dich.\nGezeitentafeln sind Vorhersagen. Niemand sollte allein nach ihnen navigieren.',
      },
      ar: {
        text: 'يمكنك استدعاء الخدمة بقدر ما تسمح به خطتك.\nحافظ على سرية مفاتيحك؛ فمن يملك أحدها يتصرف باسمك.\nجداول المد والجزر توقعات، ولا ينبغي لأحد أن يبحر بالاعتماد عليها وحدها.',
      },
    },
  },
  marketing: {
    version: '2026-01',
    text: {
      en: 'Tell me by e-mail about new endpoints. I can take this back at any time.',
      de: 'Informiert mich per E-Mail über neue Endpunkte. Ich kann das jederzeit widerrufen.',
      ar: 'أرسلوا إليّ بالبريد الإلكتروني أخبار نقاط النهاية الجديدة. يمكنني سحب موافقتي في أي وقت.',
    },
  },
};

/**
 * What an operator of the demo would write into the portal configuration; facts about the clients come from Keycloak.
 * @param productUrls addresses of the products
 */
export function demoConfig(productUrls: Readonly<Record<DemoProduct, string>>) {
  const favicon = (product: DemoProduct) => `${productUrls[product]}/logo.svg`;
  return {
    brand: HOUSE,
    clients: {
      shop: { ...SHOP, brand: { ...SHOP.brand, favicon: favicon('shop') } },
      developers: { ...DEVELOPERS, brand: { ...DEVELOPERS.brand, favicon: favicon('developers') } },
    },
  };
}
