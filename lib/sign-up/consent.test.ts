import { expect, it } from 'vitest';
import { evidenceOf, hasAccepted, judgeConsent, MARKETING_FIELD, TERMS_FIELD } from './consent';

const AT = new Date('2026-03-01T08:30:00Z');
const terms = { owner: 'shop', version: '2', sha256: 'abc', language: 'en', text: 'Be kind.' } as const;
const marketing = { owner: '*', version: '1', sha256: 'def', text: 'Write to me.' };

it('stores nothing and asks for nothing where there is nothing to consent to', () => {
  expect(judgeConsent({}, { terms: 'abc', marketing: 'def' }, 'en', AT)).toEqual({
    violations: [],
    attributes: {},
    accepted: undefined,
  });
});

it('insists on the terms, by the server’s own word', () => {
  for (const given of [null, undefined, ''])
    expect(judgeConsent({ terms }, { terms: given, marketing: null }, 'en', AT)).toMatchObject({
      violations: [{ field: TERMS_FIELD, code: 'termsNotAccepted' }],
      attributes: {},
    });
});

it('takes a tick for what was shown and for nothing else', () => {
  for (const given of ['on', 'an older one', 'ABC'])
    expect(judgeConsent({ terms }, { terms: given, marketing: null }, 'en', AT).violations).toEqual([
      { field: TERMS_FIELD, code: 'termsChanged', params: [] },
    ]);
  expect(judgeConsent({ marketing }, { terms: null, marketing: 'on' }, 'en', AT).attributes).toEqual({});
});

it('writes down who asked, for which version, what was shown, when and in which language', () => {
  const { attributes, accepted } = judgeConsent({ terms, marketing }, { terms: 'abc', marketing: 'def' }, 'de', AT);
  expect(accepted).toBe('2');
  expect(JSON.parse(attributes.vestibule_terms?.[0] ?? '')).toEqual({
    for: 'shop',
    version: '2',
    sha256: 'abc',
    at: '2026-03-01T08:30:00.000Z',
    locale: 'de',
  });
  expect(JSON.parse(attributes.vestibule_marketing?.[0] ?? '')).toMatchObject({ for: '*', sha256: 'def' });
});

it('leaves the offer alone that nobody took', () => {
  expect(judgeConsent({ marketing }, { terms: null, marketing: null }, 'en', AT)).toMatchObject({
    violations: [],
    attributes: {},
  });
});

it('knows who has accepted which terms, among older ones and among what is none of ours', () => {
  const values = ['1772353800', '{"for":"shop"}', 'null', evidenceOf({ ...terms, version: '1' }, 'en', AT)];
  expect(hasAccepted(values, terms)).toBe(false);
  expect(hasAccepted([...values, evidenceOf(terms, 'ar', AT)], terms)).toBe(true);
  expect(hasAccepted([evidenceOf(terms, 'ar', AT)], { ...terms, owner: '*' })).toBe(false);
});

it('has names for its checkboxes that no attribute can have', () => {
  for (const name of [TERMS_FIELD, MARKETING_FIELD]) expect(name).not.toMatch(/^[\w.-]+$/);
});
