import { expect, it } from 'vitest';
import { parseConfigText } from './parse';
import { inLanguage, settingsOf } from './settings';
import { themeStyles } from './theme';

function configOf(json: object) {
  const result = parseConfigText(JSON.stringify(json));
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

const config = configOf({
  brand: { name: 'House', corner: '4px', colors: { light: { accent: '#0b5d66', panel: '#0d3b45' } } },
  links: { privacy: '/privacy', help: '/help' },
  texts: { en: { 'signUp.title': 'Join us', 'signUp.lead': 'Now.' } },
  emailDomains: { deny: ['mail.example'] },
  terms: { version: '1', documents: { en: { url: '/terms' } } },
  clients: {
    shop: {
      name: 'Shop',
      logoUri: 'https://shop.example/logo.svg',
      policyUri: 'https://shop.example/privacy',
      baseUrl: 'https://shop.example/',
      brand: { colors: { light: { accent: '#5b2a86' }, dark: { accent: '#d3b3ff', onAccent: '#23103a' } } },
      texts: { en: { 'signUp.title': 'Join the shop' } },
      emailDomains: { allow: ['shop.example'] },
      captcha: 'none',
      captchaFromAttempt: 3,
    },
    api: {
      brand: { name: 'API', logo: { light: '/api.svg' } },
      logoUri: 'https://api.example/logo.svg',
      links: { privacy: '/api/privacy' },
      policyUri: 'https://api.example/privacy',
      afterSignUp: 'https://api.example/start',
      baseUrl: 'https://api.example/',
      terms: false,
    },
    own: { terms: { version: '7', documents: { en: { text: 'Be kind.' } } } },
  },
});

it('gives what holds for everyone where no client, or an unknown one, is named', () => {
  for (const id of [undefined, 'nobody', 'constructor', '__proto__'])
    expect(settingsOf(config, id)).toMatchObject({
      brand: { name: 'House', corner: '4px' },
      texts: { en: { 'signUp.title': 'Join us' } },
      links: { privacy: '/privacy', help: '/help' },
      emailDomains: { allow: [], deny: ['mail.example'] },
      terms: { owner: '*', version: '1' },
    });
});

it('puts a client’s own over it, key by key', () => {
  expect(settingsOf(config, 'shop')).toMatchObject({
    brand: {
      name: 'Shop',
      corner: '4px',
      logo: { light: 'https://shop.example/logo.svg', withName: true },
      colors: { light: { accent: '#5b2a86', panel: '#0d3b45' }, dark: { accent: '#d3b3ff' } },
    },
    texts: { en: { 'signUp.title': 'Join the shop', 'signUp.lead': 'Now.' } },
    links: { privacy: 'https://shop.example/privacy', help: '/help' },
    emailDomains: { allow: ['shop.example'], deny: ['mail.example'] },
    afterSignUp: 'https://shop.example/',
    captcha: 'none',
    captchaFromAttempt: 3,
    terms: { owner: '*' },
  });
});

it('lets what an operator wrote go before what Keycloak says', () => {
  expect(settingsOf(config, 'api')).toMatchObject({
    brand: { name: 'API', logo: { light: '/api.svg' } },
    links: { privacy: '/api/privacy' },
    afterSignUp: 'https://api.example/start',
    terms: undefined,
  });
  expect(settingsOf(config, 'own').terms).toMatchObject({ owner: 'own', version: '7' });
});

it('makes style rules of nothing but what the brand changes, each scheme for itself', () => {
  expect(themeStyles(settingsOf(configOf({}), undefined).brand)).toBe('');
  const css = themeStyles(settingsOf(config, 'shop').brand);
  expect(css).toContain('html:root{--corner:4px;}');
  expect(themeStyles({ headingFont: 'mono' })).toMatch(/^html:root:not\(:lang\(ar\)\)\{--heading-font:[^;{}<]+;\}$/);
  expect(css).toContain('@media (prefers-color-scheme:light){html:root{--accent:#5b2a86;--panel:#0d3b45;}}');
  expect(css).toContain('@media (prefers-color-scheme:dark){html:root{--accent:#d3b3ff;--on-accent:#23103a;}}');
});

it('chooses the value for a language, and English or any where it has none', () => {
  expect(inLanguage('/all', 'de')).toBe('/all');
  expect(inLanguage({ en: '/en', de: '/de' }, 'de')).toBe('/de');
  expect(inLanguage({ en: '/en', de: '/de' }, 'ar')).toBe('/en');
  expect(inLanguage({ de: '/de' }, 'ar')).toBe('/de');
  expect(inLanguage(undefined, 'ar')).toBeUndefined();
});

it('refuses what deceives or is soon gone, and guessed passwords, unless the operator or a client says otherwise', () => {
  const { disposableEmail, deceptiveEmail, plusAddressing, passwordRules } = settingsOf(configOf({}), undefined);
  expect({ disposableEmail, deceptiveEmail, plusAddressing, passwordRules }).toEqual({
    disposableEmail: 'refuse',
    deceptiveEmail: 'refuse',
    plusAddressing: 'allow',
    passwordRules: { common: true, context: true, leaked: true },
  });
  const said = configOf({
    disposableEmail: 'allow',
    passwordRules: { leaked: false },
    clients: { shop: { disposableEmail: 'refuse', plusAddressing: 'refuse', passwordRules: { common: false } } },
  });
  expect(settingsOf(said, undefined)).toMatchObject({
    disposableEmail: 'allow',
    passwordRules: { common: true, leaked: false },
  });
  expect(settingsOf(said, 'shop')).toMatchObject({
    disposableEmail: 'refuse',
    plusAddressing: 'refuse',
    passwordRules: { common: false, context: true, leaked: false },
  });
});
