import { readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { describe, expect, it, vi } from 'vitest';
import { EVERYONE, fieldIn, formWith, messageKey } from '@/lib/profile/testing.fixture';
import type { UPAttribute, Violation } from '@/lib/profile/types';
import { formTexts, violationTexts } from './form-view';
import { direction, LOCALES } from './locales';

/** What users reported about words: the smallest input of each report, with a realm that has texts of its own. */

const REALM_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    'profile.attributes.company': 'Company',
    'profile.company.format': "{0}: that''s not like {1}",
    quoted: "Owner''s '{'name'}'",
  },
  de: { 'profile.attributes.company': 'Firma', 'profile.company.format': '{0}: nicht wie {1}' },
};

const textsIn = (locale: string) => ({
  realm: new Map(Object.entries(REALM_TEXTS[locale] ?? {})),
  theme: new Map([['invalidPasswordBlacklistedMessage', 'Invalid password: password is blacklisted.']]),
});

vi.mock('next-intl/server', () => ({
  getTranslations: async ({ locale, namespace }: { locale: string; namespace: string }) => {
    const messages = JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8'));
    return createTranslator({ locale, namespace, messages });
  },
}));

/** Newer engines have the method, older ones the property; TypeScript's types have neither. */
interface LocaleInfo {
  readonly textInfo?: { readonly direction: string };
  getTextInfo?(): { readonly direction: string };
}

const KEY = messageKey('profile.attributes.company');
const UNKNOWN = messageKey('profile.attributes.nobody');

const formOf = (attribute: Partial<UPAttribute>) =>
  formWith([{ name: 'customer_tier', permissions: EVERYONE, ...attribute }]);

/** The words of one attribute. */
async function wordsOf(attribute: Partial<UPAttribute>, locale = 'en') {
  const words = (await formTexts(formOf(attribute), locale, textsIn(locale))).fields.customer_tier;
  if (words === undefined) throw new Error('the field has no words');
  return words;
}

/** The sentence for one violation that the server or Keycloak found. */
async function sentenceFor(violation: Partial<Violation>, attribute: Partial<UPAttribute> = {}, locale = 'en') {
  const found = { field: 'customer_tier', code: 'error-pattern-no-match', params: [], ...violation };
  return (await violationTexts([found], formOf(attribute), locale, textsIn(locale)))[found.field];
}

describe('keycloak#29098, #19611: texts of the realm', () => {
  it('stand wherever the realm names their key, in the language of the visitor (keycloak#19707)', async () => {
    const attribute = {
      displayName: KEY,
      annotations: {
        inputType: 'select',
        inputHelperTextBefore: KEY,
        inputHelperTextAfter: KEY,
        inputOptionLabels: { a: KEY },
      },
      validations: { options: { options: ['a'] } },
    };
    for (const [locale, text] of [
      ['en', 'Company'],
      ['de', 'Firma'],
    ]) {
      expect(await wordsOf(attribute, locale)).toMatchObject({
        label: text,
        before: [text],
        after: [text],
        options: [{ value: 'a', label: text }],
      });
    }
  });

  it('word the refusal of a pattern, on the page and from the server alike', async () => {
    const pattern = { pattern: '[A-Z]+', 'error-message': messageKey('profile.company.format') };
    const attribute = { displayName: KEY, validations: { pattern } };
    const found = { code: pattern['error-message'], params: [pattern.pattern] };
    for (const [locale, text] of [
      ['en', "Company: that's not like [A-Z]+"],
      ['de', 'Firma: nicht wie [A-Z]+'],
    ]) {
      const prepared = (await wordsOf(attribute, locale)).errors;
      expect(prepared.find(({ code }) => code === found.code)?.text).toBe(text);
      expect(await sentenceFor(found, attribute, locale)).toBe(text);
      // Keycloak answers with the bare key.
      expect(await sentenceFor({ ...found, code: 'profile.company.format' }, attribute, locale)).toBe(text);
    }
  });

  it('keep their quotes as Java means them', async () => {
    expect((await wordsOf({ displayName: messageKey('quoted') })).label).toBe("Owner's {name}");
  });

  it('that do not exist never show their key', async () => {
    const annotations = {
      inputType: 'select',
      inputHelperTextBefore: UNKNOWN,
      inputTypePlaceholder: UNKNOWN,
      inputOptionLabelsI18nPrefix: 'nobody',
    };
    const pattern = { pattern: 'a', 'error-message': UNKNOWN };
    const validations = { pattern, options: { options: ['big_one'] } };
    for (const inputType of ['select', 'text']) {
      const words = await wordsOf({ displayName: UNKNOWN, annotations: { ...annotations, inputType }, validations });
      expect(words.label).toBe('Customer tier');
      expect(JSON.stringify({ ...words, errors: words.errors.map(({ text }) => text) })).not.toContain('nobody');
    }
    for (const code of [UNKNOWN, 'profile.attributes.nobody', 'nobody', '']) {
      expect(await sentenceFor({ code }, { displayName: UNKNOWN })).toBe('Customer tier: this value cannot be used.');
    }
  });

  it('may be sentences in place of keys, also in a language without spaces', async () => {
    for (const text of ['Digits only, please.', '只能使用数字', '数字のみ。']) {
      expect(await sentenceFor({ code: text })).toBe(text);
    }
  });
});

it('keycloak#26750: with an empty error-message the visitor reads more than the name of the field', async () => {
  const validations = { 'person-name-prohibited-characters': { 'error-message': '' } };
  const texts = (await wordsOf({ displayName: KEY, validations })).errors.map(({ text }) => text);
  expect(texts).toContain('Company: one of the characters cannot be used in a name.');
});

describe.each(LOCALES)('in the language %s', (locale) => {
  it('keycloak#41994: it is said in words which letters an address may have', async () => {
    const code = 'error-non-ascii-local-part-email';
    const text = await sentenceFor({ field: 'email', code }, {}, locale);
    expect(text).toContain('@');
    expect(text).not.toContain(code);
  });

  it('keycloak#32845: Keycloak’s answer about its denylist is in the visitor’s words, not in those of its theme', async () => {
    const code = 'invalidPasswordBlacklistedMessage';
    const text = await sentenceFor({ field: 'password', code }, {}, locale);
    expect(text).not.toMatch(/blacklist/i);
    expect(text?.length).toBeGreaterThan(20);
  });

  it('keycloak#33642, #38320, #37584: text runs as the language does', () => {
    const known = new Intl.Locale(locale) as Intl.Locale & LocaleInfo;
    expect(direction(locale)).toBe((known.getTextInfo?.() ?? known.textInfo)?.direction);
  });
});

it('keycloak#34033: every option of a multivalued field has its words', async () => {
  const attribute = {
    multivalued: true,
    annotations: { inputType: 'multiselect-checkboxes', inputOptionLabels: { a: KEY } },
    validations: { options: { options: ['a', 'b'] } },
  };
  expect(fieldIn(formOf(attribute), 'customer_tier')?.control.kind).toBe('checkboxes');
  expect((await wordsOf(attribute, 'de')).options).toEqual([
    { value: 'a', label: 'Firma' },
    { value: 'b', label: 'b' },
  ]);
});
