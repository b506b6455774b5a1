import { expect, test } from 'vitest';
import { parsePortalConfig } from '@/lib/brand/parse';
import { PASSKEY_ACTION } from '@/lib/required-actions';
import { wayFaults } from './ways-watch';

const READY = {
  profile: { attributes: [{ name: 'vestibule_terms', permissions: { view: ['admin'], edit: ['admin'] } }] },
  identityProviders: [{ alias: 'github' }],
  requiredActions: ['UPDATE_PASSWORD', 'CONFIGURE_TOTP', PASSKEY_ACTION],
  passkeys: { signIn: true, discoverable: true },
};
const BARE = {
  profile: {},
  identityProviders: [],
  requiredActions: ['UPDATE_PASSWORD'],
  passkeys: { signIn: false, discoverable: false },
};

function clientsOf(clients: object) {
  const parsed = parsePortalConfig(JSON.stringify({ clients }));
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return parsed.config;
}

test('a realm that gives what is asked for has no fault', () => {
  const config = clientsOf({ shop: { passwordMode: 'passkey', extraActions: ['CONFIGURE_TOTP'] } });
  expect(wayFaults(config, { PASSWORD_MODE: 'passkey', EXTRA_ACTIONS: ['CONFIGURE_TOTP'] }, READY)).toEqual([]);
});

test('a way that nobody asks for is no fault, either', () => {
  expect(wayFaults(clientsOf({ shop: {} }), { PASSWORD_MODE: 'form' }, BARE)).toEqual([]);
});

test('each missing part of the passkey way is named with who asks for it and the mend', () => {
  const faults = wayFaults(
    clientsOf({ shop: { passwordMode: 'passkey' } }),
    { PASSWORD_MODE: 'after-verification' },
    BARE,
  );
  expect(faults).toHaveLength(3);
  for (const fault of faults) {
    expect(fault.askedBy).toBe('client shop in PORTAL_CONFIG');
    expect(fault.mend).toContain('keycloak:setup -- --passkeys');
  }
});

test('an extra action that the realm has not enabled is named with its mend', () => {
  expect(wayFaults(clientsOf({}), { PASSWORD_MODE: 'form', EXTRA_ACTIONS: ['CONFIGURE_TOTP'] }, BARE)).toEqual([
    expect.objectContaining({ way: 'CONFIGURE_TOTP', mend: expect.stringContaining('take it out of EXTRA_ACTIONS') }),
  ]);
});

const TERMS = { version: '1', documents: { en: { url: '/terms' } } };

test('what is said for everyone in the configuration goes before the variables', () => {
  const parsed = parsePortalConfig('{"passwordMode":"passkey","extraActions":["NONE_SUCH"]}');
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const faults = wayFaults(parsed.config, { PASSWORD_MODE: 'form', EXTRA_ACTIONS: ['CONFIGURE_TOTP'] }, BARE);
  expect(faults.map(({ way, askedBy }) => `${way} ${askedBy}`)).toEqual([
    ...Array(3).fill('passkey PORTAL_CONFIG'),
    'NONE_SUCH PORTAL_CONFIG',
  ]);
});

test('terms and providers that the realm can’t give are named with their mend', () => {
  const config = clientsOf({ shop: { terms: TERMS, identityProviders: ['github', 'gitlab'] } });
  expect(wayFaults(config, { PASSWORD_MODE: 'form' }, READY)).toEqual([
    expect.objectContaining({ way: 'gitlab', askedBy: 'client shop in PORTAL_CONFIG' }),
  ]);
  expect(wayFaults(config, { PASSWORD_MODE: 'form' }, BARE)).toEqual([
    expect.objectContaining({ way: 'github' }),
    expect.objectContaining({ way: 'gitlab' }),
    expect.objectContaining({ way: 'terms', mend: expect.stringContaining('keycloak:setup -- --terms') }),
  ]);
});

test('what the mode decides can’t be asked for a second time', () => {
  const parsed = parsePortalConfig('{"clients":{"shop":{"extraActions":["UPDATE_PASSWORD"]}}}');
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    expect.stringMatching(/^PORTAL_CONFIG clients\.shop\.extraActions\[0\]: must not be .*UPDATE_PASSWORD/),
  ]);
});
