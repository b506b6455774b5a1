import { expect, test } from 'vitest';
import { judgePassword, type PasswordRules } from './password-rules';

const RULES: PasswordRules = { common: true, context: true, leaked: false };
const CONTEXT = { names: [['Ada', 'Harbour'], ['Password']], email: 'ada@example.com', username: undefined };

test.each([
  ['Welcome2026!', 'passwordCommon'],
  ['Harbour-1990', 'passwordContext'],
  ['example#77', 'passwordContext'],
  ['Harbour-light-42', undefined],
  [undefined, undefined],
])('a password is judged by all rules, and the first reason is told: %s', async (password, refusal) => {
  expect(await judgePassword(password, RULES, CONTEXT)).toBe(refusal);
});

test('each rule can be off', async () => {
  expect(await judgePassword('Password1', RULES, CONTEXT)).toBe('passwordCommon');
  expect(await judgePassword('Password1', { ...RULES, common: false }, CONTEXT)).toBe('passwordContext');
  expect(await judgePassword('Password1', { ...RULES, common: false, context: false }, CONTEXT)).toBeUndefined();
});
