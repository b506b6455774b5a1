import { expect, test } from 'vitest';
import { readRefusal } from './users';

const invalid = (field: string, code: string, params: (string | number | null)[] = []) => ({
  status: 'invalid',
  violations: [{ field, code, params }],
});

// The bodies are those that Keycloak 26.7.3 sent.
test.each([
  [409, { errorMessage: 'User exists with same email' }, { status: 'taken', field: 'email' }],
  [409, { errorMessage: 'User exists with same username' }, { status: 'taken', field: 'username' }],
  [409, { errorMessage: 'User exists with same username or email' }, { status: 'taken', field: 'email' }],
  [
    400,
    { field: 'company', errorMessage: 'error-invalid-length', params: ['company', 2, 40] },
    invalid('company', 'error-invalid-length', [2, 40]),
  ],
  [
    400,
    { errors: [{ field: 'email', errorMessage: 'error-invalid-length-too-long', params: ['email', null, 255] }] },
    invalid('email', 'error-invalid-length-too-long', [null, 255]),
  ],
  [
    400,
    { error: 'invalidPasswordMinLengthMessage', error_description: 'Invalid password: minimum length 8.' },
    invalid('password', 'invalidPasswordMinLengthMessage'),
  ],
  [400, { errorMessage: 'User name is missing' }, invalid('username', 'missingUsernameMessage')],
  [400, { errorMessage: 'Could not create user' }, { status: 'unavailable', reason: 'HTTP 400' }],
  [500, '<html>', { status: 'unavailable', reason: 'HTTP 500', isUncertain: true }],
])('Keycloak’s %i %j is read as what it means', (http, body, expected) => {
  expect(readRefusal(http, body)).toEqual(expected);
});
