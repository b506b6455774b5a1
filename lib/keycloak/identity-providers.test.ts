import { expect, test } from 'vitest';
import { offeredProviders } from './identity-providers';

const provider = (alias: string, more: object = {}) => ({ alias, providerId: 'oidc', enabled: true, ...more });
const aliases = (body: unknown) => offeredProviders(body).map(({ alias }) => alias);

test('only those are offered that Keycloak’s sign-in page would show', () => {
  expect(
    aliases([
      provider('shown', { hideOnLogin: false, linkOnly: false }),
      provider('disabled', { enabled: false }),
      provider('hidden', { hideOnLogin: true }),
      provider('for-linking', { linkOnly: true }),
      provider('of-an-organization', { organizationId: '2f6a' }),
    ]),
  ).toEqual(['shown']);
});

test('they stand in the realm’s order; those without one come last, in the order in which Keycloak gave them', () => {
  expect(
    aliases([
      provider('none'),
      provider('second', { config: { guiOrder: '2' } }),
      provider('no-number', { config: { guiOrder: 'first' } }),
      provider('after-all', { config: { guiOrder: '10001' } }),
      provider('first', { config: { guiOrder: '-1' } }),
      provider('empty', { config: { guiOrder: '' } }),
    ]),
  ).toEqual(['first', 'second', 'none', 'no-number', 'empty', 'after-all']);
});

test('nothing of a provider’s configuration is kept', () => {
  const body = [provider('club', { displayName: 'Harbour Club', config: { clientSecret: '**********' } })];
  expect(offeredProviders(body)).toEqual([{ alias: 'club', providerId: 'oidc', displayName: 'Harbour Club' }]);
  expect(offeredProviders([provider('club', { displayName: '' })])).toEqual([{ alias: 'club', providerId: 'oidc' }]);
});
