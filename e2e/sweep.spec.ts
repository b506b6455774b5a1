import { spawnSync } from 'node:child_process';
import { SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { SIGN_UP_MARK } from '../lib/sign-up-mark';
import { expect, test } from './fixtures';
import { openForm } from './quick';
import { portal, realmAdmin, stack } from './stack';
import { newAddress, PASSWORD } from './visitor';

/** The realm and the portal of this file and of `known.spec.ts`. */
const PORTAL = 'known';
const realm = PORTAL;
/** Older than a week: `SWEEP_AFTER_HOURS`. */
const LONG_AGO = Date.now() - 8 * 24 * 3_600_000;

let admin: Awaited<ReturnType<typeof realmAdmin>>;
test.beforeEach(async () => {
  admin = await realmAdmin();
});

async function account(more: object, marked: string | undefined): Promise<string> {
  const email = newAddress();
  const attributes = {
    country: ['DE'],
    ...(marked === undefined ? {} : { [SIGN_UP_MARK]: ['portal', marked === 'own' ? email : marked] }),
  };
  const names = { username: email.split('@')[0] ?? '', email, firstName: 'Ada', lastName: 'Harbour', enabled: true };
  // As the portal's own are: so it is the mark, and not the right to, that decides.
  const groups = marked === undefined ? [] : [SIGN_UP_GROUP_PATH];
  const { id } = await admin.users.create({ realm, ...names, createdTimestamp: LONG_AGO, attributes, groups, ...more });
  return id;
}

const isThere = async (id: string) => Boolean(await admin.users.findOne({ realm, id }));

function sweep(...args: string[]) {
  const env = { ...process.env, PORTAL_URL: portal(PORTAL), SWEEP_TOKEN: stack.sweepToken };
  return spawnSync(process.execPath, ['stack/bootstrap.mjs', 'stack/sweep.ts', ...args], { env, encoding: 'utf8' });
}

test('only sign-ups of the portal’s own that are old and that nobody confirmed or touched are swept', async () => {
  const swept = [await account({}, 'own'), await account({}, 'own')];
  const kept = {
    'made by somebody else': await account({}, undefined),
    'verified, and signed in to never': await account({ emailVerified: true }, 'own'),
    'given another address later': await account({}, 'old@example.com'),
    'disabled by an administrator': await account({ enabled: false }, 'own'),
    'given a password later': await account({ credentials: [{ type: 'password', value: PASSWORD }] }, 'own'),
    'linked to an identity provider': await account({}, 'own'),
    'too young': await account({ createdTimestamp: Date.now() - 6 * 24 * 3_600_000 }, 'own'),
  };
  await admin.identityProviders.create({
    realm,
    alias: 'club',
    providerId: 'oidc',
    config: {
      authorizationUrl: 'https://idp.example/auth',
      tokenUrl: 'https://idp.example/token',
      clientId: 'harbour',
    },
  });
  await admin.users.addToFederatedIdentity({
    realm,
    id: kept['linked to an identity provider'],
    federatedIdentityId: 'club',
    federatedIdentity: { identityProvider: 'club', userId: '1', userName: 'ada' },
  });
  const fresh = newAddress();
  await (await openForm(PORTAL)).send({ email: fresh });

  const dry = sweep();
  expect(dry.stderr).toBe('');
  expect(dry.stdout).toMatch(/to be removed \(nothing was/);
  for (const id of swept) expect(await isThere(id)).toBe(true);

  const wet = sweep('--apply');
  expect(wet.status).toBe(0);
  expect(Number(/(\d+) sign-ups that nobody confirmed removed/.exec(wet.stdout)?.[1])).toBeGreaterThanOrEqual(2);
  for (const id of swept) expect(await isThere(id)).toBe(false);
  for (const [what, id] of Object.entries(kept)) expect([what, await isThere(id)]).toEqual([what, true]);
  expect(await admin.users.find({ realm, email: fresh, exact: true })).toHaveLength(1);

  // Confirmed, and settled: whatever becomes of the address later, it is a person's.
  const person = await admin.users.findOne({ realm, id: kept['verified, and signed in to never'] });
  expect(person?.attributes).toEqual({ country: ['DE'] });
  expect(sweep('--apply').stdout).toMatch(/^0 sign-ups that nobody confirmed removed$/m);
  await admin.identityProviders.del({ realm, alias: 'club' });
});

test('nobody sweeps without the token, and a sweep from anywhere else counts only', async () => {
  const url = `${portal(PORTAL)}/api/sweep`;
  // Whatever other tests have left.
  sweep('--apply');
  const old = await account({}, 'own');
  const post = (address: string, token?: string) =>
    fetch(address, {
      method: 'POST',
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    });
  expect((await post(`${url}?apply=true`)).status).toBe(401);
  expect((await post(`${url}?apply=true`, 'wrong')).status).toBe(401);
  expect((await post(`${portal('strict')}/api/sweep?apply=true`, stack.sweepToken)).status).toBe(404);
  expect((await fetch(url)).status).toBe(405);
  const dry = await post(url, stack.sweepToken);
  expect(await dry.json()).toMatchObject({ status: 'swept', dryRun: true, removed: 1, complete: true });
  expect(await isThere(old)).toBe(true);
  const wet = await post(`${url}?apply=true`, stack.sweepToken);
  expect(wet.headers.get('cache-control')).toBe('no-store');
  expect(await wet.json()).toMatchObject({ dryRun: false, removed: 1 });
  expect(await isThere(old)).toBe(false);
  expect((await post(`${portal('away')}/api/sweep?apply=true`, stack.sweepToken)).status).toBe(503);
});

test('the command says what is missing', () => {
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['stack/bootstrap.mjs', 'stack/sweep.ts'], {
      env: { ...process.env, PORTAL_URL: '', SWEEP_TOKEN: '', ...env },
      encoding: 'utf8',
    });
  expect(run({}).stderr).toMatch(/^PORTAL_URL must be set/);
  expect(run({ PORTAL_URL: portal(PORTAL) }).stderr).toMatch(/^SWEEP_TOKEN must be set/);
  expect(run({ PORTAL_URL: portal(PORTAL), SWEEP_TOKEN: 'x' }).stderr).toMatch(/is not that portal's/);
  expect(run({ PORTAL_URL: 'http://127.0.0.1:9', SWEEP_TOKEN: 'x' })).toMatchObject({ status: 1 });
});
