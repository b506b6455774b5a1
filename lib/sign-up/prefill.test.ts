import { expect, test } from 'vitest';
import { deriveForm } from '@/lib/profile/form-model';
import { DEFAULT_ATTRIBUTES, EVERYONE, REALM, REQUEST } from '@/lib/profile/testing.fixture';
import { valuesFromRequest } from './prefill';

const model = deriveForm(
  {
    attributes: [
      ...Object.values(DEFAULT_ATTRIBUTES),
      {
        name: 'country',
        permissions: EVERYONE,
        validations: { options: { options: ['DE', 'IE'] } },
        annotations: { inputType: 'select' },
      },
      { name: 'ports', permissions: EVERYONE, multivalued: true },
      { name: 'tier', permissions: { view: ['admin', 'user'], edit: ['admin'] } },
    ],
  },
  REALM,
  { ...REQUEST, withPassword: true },
);
const take = (...entries: [string, string][]) => valuesFromRequest(model, entries);

test('only fields that the form has are filled in, and never a password', () => {
  expect(
    take(['firstName', 'Ada'], ['tier', 'gold'], ['shoeSize', '39'], ['password', 'x'], ['password-confirm', 'x']),
  ).toEqual({ firstName: ['Ada'] });
});

test('what a list does not offer is left out, so that its default stands', () => {
  expect(take(['country', 'FR'])).toEqual({});
  expect(take(['country', 'IE'])).toEqual({ country: ['IE'] });
});

test('one value for one field, several where the field has several, and no more than ten', () => {
  expect(take(['firstName', 'Ada'], ['firstName', 'Eve'])).toEqual({ firstName: ['Ada'] });
  expect(take(...Array.from({ length: 12 }, (_, at) => ['ports', `p${at}`] as [string, string])).ports).toHaveLength(
    10,
  );
});

test('a value of more than 500 characters is left out, and so is what goes beyond 2000 in all', () => {
  expect(take(['lastName', 'x'.repeat(501)])).toEqual({});
  const all = take(...Array.from({ length: 6 }, () => ['ports', 'x'.repeat(450)] as [string, string]));
  expect(all.ports).toHaveLength(4);
});

test('login_hint is the username, or the address where that is the username; the attribute’s own name says more', () => {
  expect(take(['login_hint', 'ada'])).toEqual({ username: ['ada'] });
  expect(take(['login_hint', 'ada'], ['username', 'eve'])).toEqual({ username: ['eve'] });
  expect(take(['login_hint', 'ada'], ['login_hint', 'eve'])).toEqual({});
  expect(take(['login_hint', 'x'.repeat(256)])).toEqual({});
  const byAddress = deriveForm(
    { attributes: Object.values(DEFAULT_ATTRIBUTES) },
    { ...REALM, registrationEmailAsUsername: true },
    REQUEST,
  );
  expect(valuesFromRequest(byAddress, [['login_hint', 'ada@example.com']])).toEqual({ email: ['ada@example.com'] });
});
