import { afterEach, expect, test, vi } from 'vitest';
import { stubPortalEnv } from '@/lib/env.fixture';
import { tampered } from '@/lib/tamper.fixture';

const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];

/** The room as a process with these secrets has it. */
async function sealedWith(secret: string, previous = '') {
  vi.resetModules();
  stubPortalEnv({ PORTAL_SECRET: secret, PORTAL_SECRET_PREVIOUS: previous });
  return import('./seal');
}

afterEach(() => vi.unstubAllEnvs());

test('what the secret before has sealed is opened while that one is known, and not after', async () => {
  const sealed = await (await sealedWith(OLD)).seal('use', { a: 1 }, 60);
  expect(await (await sealedWith(NEW, OLD)).unseal('use', sealed)).toMatchObject({ a: 1 });
  expect(await (await sealedWith(NEW)).unseal('use', sealed)).toBeUndefined();
});

test('what is sealed is sealed with the new secret alone', async () => {
  const sealed = await (await sealedWith(NEW, OLD)).seal('use', { a: 1 }, 60);
  expect(await (await sealedWith(NEW)).unseal('use', sealed)).toMatchObject({ a: 1 });
  expect(await (await sealedWith(OLD)).unseal('use', sealed)).toBeUndefined();
});

test('no secret opens what was sealed for another purpose, is too old, or was changed by a bit', async () => {
  const { seal, unseal } = await sealedWith(NEW, OLD);
  const sealed = await seal('use', { a: 1 }, 60);
  expect(await unseal('another use', sealed)).toBeUndefined();
  expect(await unseal('use', await seal('use', { a: 1 }, -1))).toBeUndefined();
  for (let at = 0; at < sealed.length; at += 7) {
    expect(await unseal('use', tampered(sealed, at))).toBeUndefined();
  }
});
