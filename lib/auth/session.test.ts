import { afterEach, expect, test, vi } from 'vitest';
import { previewAccess } from './session';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('on a developer’s machine anybody may see the preview', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  expect(await previewAccess()).toBe('granted');
});
