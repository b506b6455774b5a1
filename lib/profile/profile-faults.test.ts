import { describe, expect, it } from 'vitest';
import { deriveForm } from './form-model';
import { profileFaults } from './profile-faults';
import { EVERYONE, REALM } from './testing.fixture';
import type { UPAttribute } from './types';

const faultsOf = (attribute: UPAttribute, emailAsUsername = false) =>
  profileFaults({ attributes: [attribute] }, emailAsUsername).map(({ fault }) => fault);

const isAsked = (attribute: UPAttribute, scopes: readonly string[] = []) =>
  deriveForm({ attributes: [attribute] }, REALM, { scopes, withPassword: false }).groups.length > 0;

describe('the faults of a user profile', () => {
  it.each<[string, UPAttribute, string[]]>([
    ['nothing where both may edit', { name: 'phone', permissions: EVERYONE }, []],
    ['an attribute that only users may edit', { name: 'phone', permissions: { edit: ['user'] } }, ['not-writable']],
    ['one that nobody is asked for', { name: 'phone', permissions: { edit: ['admin'] } }, []],
    [
      'one that only administrators must fill in',
      { name: 'phone', permissions: EVERYONE, required: { roles: ['admin'] } },
      ['insisted-on'],
    ],
    [
      'one that everyone must fill in',
      { name: 'phone', permissions: EVERYONE, required: { roles: ['admin', 'user'] } },
      [],
    ],
    ['one that must be filled in always', { name: 'phone', permissions: EVERYONE, required: {} }, []],
    [
      'one that must be filled in, but only where a scope selects it',
      { name: 'phone', permissions: EVERYONE, required: {}, selector: { scopes: ['loyalty'] } },
      ['insisted-on'],
    ],
    [
      'one that must be filled in by those who may not ask for it',
      { name: 'crm', permissions: { edit: ['admin'] }, required: {} },
      ['not-askable'],
    ],
    [
      'a least number of values of what nobody may fill in',
      { name: 'crm', permissions: { edit: [] }, validations: { multivalued: { min: 1 } } },
      ['not-askable'],
    ],
    [
      'a least number of values that could not be stored',
      { name: 'crm', permissions: { edit: ['user'] }, validations: { multivalued: { min: '2' } } },
      ['not-askable'],
    ],
    [
      'a least number of values where both may edit',
      { name: 'crm', permissions: EVERYONE, validations: { multivalued: { min: 1 } } },
      [],
    ],
    [
      'the same with a default value',
      { name: 'crm', permissions: { edit: ['admin'] }, required: {}, defaultValue: 'x' },
      [],
    ],
    [
      'an e-mail that users may not fill in',
      { name: 'email', permissions: { view: ['user'], edit: ['admin'] } },
      ['no-email'],
    ],
    ['an e-mail that administrators may not', { name: 'email', permissions: { edit: ['user'] } }, ['no-email']],
    ['an e-mail without permissions, which is everyone’s', { name: 'email' }, []],
    [
      'a username that only users may edit, which Keycloak writes',
      { name: 'username', permissions: { edit: ['user'] } },
      [],
    ],
  ])('%s', (_, attribute, expected) => {
    expect(faultsOf(attribute)).toEqual(expected);
  });

  it('with e-mail as username the address is asked for whatever its permissions say', () => {
    expect(faultsOf({ name: 'email', permissions: { view: ['user'], edit: ['admin'] } }, true)).toEqual([]);
  });
});

describe('the form of a profile with faults', () => {
  it('does not ask for what could not be stored', () => {
    expect(isAsked({ name: 'phone', permissions: { edit: ['user'] } })).toBe(false);
  });

  it('asks everyone for what the admin API insists on, selected or not', () => {
    const selector = { scopes: ['loyalty'] };
    expect(isAsked({ name: 'phone', permissions: EVERYONE, selector })).toBe(false);
    expect(isAsked({ name: 'phone', permissions: EVERYONE, selector, required: {} })).toBe(true);
  });
});
