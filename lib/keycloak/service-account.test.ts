import { expect, test } from 'vitest';
import { surplusRoles } from './service-account';

function tokenWith(...roles: string[]): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ resource_access: { 'realm-management': { roles } } })}.`;
}

test('an account with just the needed roles raises no alarm', () => {
  expect(surplusRoles(tokenWith('manage-users', 'view-realm', 'view-identity-providers'))).toEqual([]);
});

test('a role to manage everybody matters where the portal has a group of its own', () => {
  expect(surplusRoles(tokenWith('manage-users', 'view-realm'), true).map(({ role }) => role)).toEqual(['manage-users']);
  expect(surplusRoles(tokenWith('view-realm'), true)).toEqual([]);
});

test('a role that matters is named with the reason', () => {
  expect(surplusRoles(tokenWith('manage-users', 'view-clients'))).toEqual([
    { role: 'view-clients', why: "shows every client's secret in clear" },
  ]);
});
