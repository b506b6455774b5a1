import { expect, test } from 'vitest';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { accountActions, linkActions } from './actions';

const ENABLED = ['VERIFY_EMAIL', 'UPDATE_PASSWORD', 'CONFIGURE_TOTP', PASSKEY_ACTION];

test.each([
  ['after-verification', ['UPDATE_PASSWORD']],
  ['form', []],
  ['passkey', [PASSKEY_ACTION]],
] as const)('mode %s leaves %j to be done', (mode, actions) => {
  expect(accountActions(mode, [], ENABLED)).toEqual(actions);
});

test('an account that shall have a passkey is not asked for a password', () => {
  expect(accountActions('passkey', ['CONFIGURE_TOTP'], ENABLED)).not.toContain('UPDATE_PASSWORD');
});

test('where the realm makes no passkeys, a password is asked for: nobody is left without a credential', () => {
  expect(accountActions('passkey', [], ['UPDATE_PASSWORD'])).toEqual(['UPDATE_PASSWORD']);
});

test('extra actions are added once each, and only those that the realm has enabled', () => {
  const extra = ['CONFIGURE_TOTP', 'TERMS_AND_CONDITIONS', 'CONFIGURE_TOTP'];
  expect(accountActions('form', extra, ENABLED)).toEqual(['CONFIGURE_TOTP']);
});

test('the link always verifies the address', () => {
  expect(linkActions([])).toEqual(['VERIFY_EMAIL']);
  expect(linkActions([PASSKEY_ACTION])).toEqual(['VERIFY_EMAIL', PASSKEY_ACTION]);
});
