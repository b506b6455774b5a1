import { beforeAll, expect, test, vi } from 'vitest';
import { tampered } from '@/lib/tamper.fixture';
import { MOST_REMEMBERED, ownField, readSignUpRequest, returnAddress, signUpParameters } from './request';
import { seal } from './seal';

beforeAll(() => {
  vi.stubEnv('PORTAL_URL', 'https://signup.example.com');
  vi.stubEnv('PORTAL_SECRET', 'x'.repeat(32));
  vi.stubEnv('KEYCLOAK_URL', 'https://sso.example.com');
  vi.stubEnv('KEYCLOAK_REALM', 'shop');
  vi.stubEnv('KEYCLOAK_CLIENT_SECRET', 'x');
  vi.stubEnv('KEYCLOAK_ADMIN_CLIENT_SECRET', 'x');
  vi.stubEnv('CAPTCHA', 'none');
});

const read = (query: Record<string, unknown>) => readSignUpRequest((name) => query[name]);
const URI = 'https://shop.example/arrive';

test('a link tells the client, where to go on to, the scope and the state; repeated and over-long ones count as absent', async () => {
  const all = { client_id: 'shop', redirect_uri: URI, scope: 'openid', state: 'xyz' };
  expect(await read(all)).toEqual({ clientId: 'shop', redirectUri: URI, scope: 'openid', state: 'xyz' });
  expect(await read({ ...all, state: ['a', 'b'] })).toMatchObject({ state: undefined });
  expect(await read({ ...all, client_id: 'x'.repeat(256) })).toMatchObject({ clientId: undefined });
});

test('an authorization request comes back as it went, and takes the place of a redirect URI and a state beside it', async () => {
  const request = { clientId: 'shop', scope: 'openid', authorization: 'client_id=shop&nonce=n&state=s' };
  const parameters = await signUpParameters(request);
  expect(Object.values(parameters).join()).not.toContain('nonce');
  expect(await read({ ...parameters, redirect_uri: 'https://other.example/', state: 'x' })).toEqual(request);
  const { authorization: sealed = '' } = parameters;
  expect(await read({ ...parameters, authorization: tampered(sealed, 40) })).toMatchObject({
    authorization: undefined,
  });
});

test('whatever is read fits into one cookie, with the longest address that there can be', async () => {
  const longest = await read({
    client_id: 'shop',
    redirect_uri: `${URI}?${'x'.repeat(1_000)}`,
    state: 'y'.repeat(650),
  });
  expect(longest.redirectUri).toBeDefined();
  const pending = {
    ...longest,
    userId: crypto.randomUUID(),
    own: 1,
    email: `${'ö'.repeat(64)}@${'ö'.repeat(190)}`,
    mail: 'failed',
    actions: ['UPDATE_PASSWORD', 'CONFIGURE_TOTP', 'webauthn-register-passwordless'],
  };
  expect('__Host-vestibule-pending='.length + (await seal('pending-sign-up', pending, 1)).length).toBeLessThan(4_096);
  const tooLong = {
    client_id: 'shop',
    redirect_uri: `${URI}?${'x'.repeat(1_200)}`,
    state: 'y'.repeat(MOST_REMEMBERED / 2),
  };
  expect(await read(tooLong)).toEqual({ clientId: 'shop', scope: undefined });
});

test('the state goes back with the redirect URI, whose own query stays as it is', () => {
  expect(returnAddress(URI, undefined)).toBe(URI);
  expect(returnAddress(URI, 'a b&c')).toBe(`${URI}?state=a%20b%26c`);
  expect(returnAddress(`${URI}?q=a%20b#top`, 's')).toBe(`${URI}?q=a%20b&state=s#top`);
});

test('the form’s own fields have names that no attribute can have', () => {
  expect(ownField('scope')).toBe('$scope');
});
