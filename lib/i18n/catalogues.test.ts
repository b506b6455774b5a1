import { readdirSync, readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { type Catalogue, flatten } from './catalogue';
import { LOCALES } from './locales';
import { argumentNames } from './message-arguments';

/** What may read as in English, by locale, and why. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  // German has the same word.
  de: ['common.optional'],
  ar: [],
};

const FOLDER = new URL('../../messages/', import.meta.url);

function read(locale: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`${locale}.json`, FOLDER), 'utf8')) as Catalogue;
}

/** The categories that a message has words for; `=1` stands for `one`. */
function categories(message: string): string[] {
  const found = [...message.matchAll(/(\bzero|\bone|\btwo|\bfew|\bmany|\bother|=1)\s*\{/g)];
  return [...new Set(found.map(([, category]) => (category === '=1' ? 'one' : (category ?? ''))))].sort();
}

const english = new Map(flatten(read('en')));

it('has a catalogue for each language and no other', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(LOCALES.map((locale) => `${locale}.json`).sort());
});

describe.each(LOCALES)('the catalogue %s', (locale) => {
  const catalogue = read(locale);
  const messages = flatten(catalogue);

  it('has exactly the keys of the English one', () => {
    expect(messages.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
  });

  it('has words for every key', () => {
    expect(messages.filter(([, message]) => message.trim() === '')).toEqual([]);
  });

  it('has the arguments of the English one', () => {
    const expected = messages.map(([key]) => [key, argumentNames(english.get(key) ?? '')]);
    expect(messages.map(([key, message]) => [key, argumentNames(message)])).toEqual(expected);
  });

  it('has words for every plural category of its language', () => {
    const needed = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort();
    const plurals = messages.filter(([, message]) => message.includes(', plural,'));
    expect(plurals.length).toBeGreaterThan(0);
    expect(plurals.map(([key, message]) => [key, categories(message)])).toEqual(plurals.map(([key]) => [key, needed]));
  });

  it('has messages that can be formatted for any number', () => {
    const t = createTranslator({
      locale,
      messages: catalogue as Record<string, string>,
      onError: (error) => {
        throw error;
      },
    });
    for (const [key, message] of messages) {
      for (const count of [0, 1, 2, 3, 11, 100]) {
        const values = Object.fromEntries(argumentNames(message).map((name) => [name, count]));
        expect(t(key, values), key).not.toMatch(/[{}]/);
      }
    }
  });

  it('has no straight apostrophe, which would quote in ICU', () => {
    expect(messages.filter(([, message]) => message.includes("'"))).toEqual([]);
  });

  if (locale === 'en') return;

  it('is translated', () => {
    const same = messages.filter(([key, message]) => message === english.get(key)).map(([key]) => key);
    expect(same).toEqual(SAME_AS_ENGLISH[locale]);
  });
});
