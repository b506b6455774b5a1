import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { askedConsent } from './consent';
import { parseConfigText } from './parse';
import { settingsOf } from './settings';

function asked(config: object, locale: 'en' | 'de' | 'ar', clientId?: string) {
  const result = parseConfigText(JSON.stringify(config));
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return askedConsent(settingsOf(result.config, clientId), locale);
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

it('asks for nothing where nothing is configured', () => {
  expect(asked({}, 'en')).toEqual({ terms: undefined, marketing: undefined });
});

it('shows the document of the page’s language, with the hash of what is shown', () => {
  const terms = { version: '2', documents: { en: { url: 'https://a.example/en' }, de: { text: 'Sei nett.' } } };
  expect(asked({ terms }, 'de').terms).toMatchObject({ owner: '*', version: '2', text: 'Sei nett.', language: 'de' });
  expect(asked({ terms }, 'de').terms?.sha256).toBe(hash('Sei nett.'));
  expect(asked({ terms }, 'en').terms?.sha256).toBe(hash('https://a.example/en'));
});

it('shows terms that are not there in the page’s language in another one, and says in which', () => {
  const terms = { version: '2', documents: { de: { text: 'Sei nett.' } } };
  expect(asked({ terms }, 'ar').terms).toMatchObject({ text: 'Sei nett.', language: 'de' });
});

it('makes no offer in a language that it is not there in', () => {
  const marketing = { version: '1', text: { en: 'Write to me.' } };
  expect(asked({ marketing }, 'en').marketing).toMatchObject({ text: 'Write to me.', sha256: hash('Write to me.') });
  expect(asked({ marketing }, 'de').marketing).toBeUndefined();
});

it('lets a client have its own terms, or none', () => {
  const terms = (version: string) => ({ version, documents: { en: { url: '/terms' } } });
  const config = { terms: terms('1'), clients: { shop: { terms: terms('9') }, api: { terms: false }, other: {} } };
  expect(asked(config, 'en', 'shop').terms).toMatchObject({ owner: 'shop', version: '9' });
  expect(asked(config, 'en', 'api').terms).toBeUndefined();
  expect(asked(config, 'en', 'other').terms).toMatchObject({ owner: '*', version: '1' });
});
