import { expect, it } from 'vitest';
import { offeredProviders } from './form';

const identityProviders = ['google', 'github', 'gitlab'].map((alias) => ({ alias, providerId: alias }));
const aliases = (named?: string[]) =>
  offeredProviders({ identityProviders }, { identityProviders: named }).map(({ alias }) => alias);

it('offers all providers of the realm, those that the client names in their order, or none', () => {
  expect(aliases()).toEqual(['google', 'github', 'gitlab']);
  expect(aliases(['gitlab', 'unknown', 'google'])).toEqual(['gitlab', 'google']);
  expect(aliases([])).toEqual([]);
});
