import { afterAll, expect, it, vi } from 'vitest';
import { parseConfigText } from '@/lib/brand/parse';
import { settingsOf } from '@/lib/brand/settings';
import { stubPortalEnv } from '@/lib/env.fixture';
import { securityHeaders } from './security-headers';

stubPortalEnv({ CAPTCHA: 'hcaptcha', HCAPTCHA_SITE_KEY: 'site', HCAPTCHA_SECRET: 'secret' });

afterAll(() => vi.unstubAllEnvs());

const parsed = parseConfigText(
  JSON.stringify({
    clients: {
      shop: {
        brand: {
          logo: { light: 'http://localhost:3001/logo.svg', dark: 'https://cdn.example/a/b.svg' },
          favicon: '/i.svg',
        },
      },
      twice: { logoUri: 'https://cdn.example/logo.svg', brand: { favicon: 'https://cdn.example/icon.svg' } },
      api: { captcha: 'none' },
      work: { captcha: 'proof-of-work' },
    },
  }),
);
if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
const { config } = parsed;

function policyOf(clientId?: string): Record<string, string> {
  const policy = securityHeaders('nonce', settingsOf(config, clientId), [])['content-security-policy'];
  return Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/s) as [string, string]));
}

it('lets pictures come from the hosts of the client’s own logo and icon, and from nowhere else', () => {
  expect(policyOf()['img-src']).toBe("'self' data:");
  expect(policyOf('shop')['img-src']).toBe("'self' data: http://localhost:3001 https://cdn.example");
  expect(policyOf('twice')['img-src']).toBe("'self' data: https://cdn.example");
});

it('lets the CAPTCHA in where the client has one', () => {
  expect(policyOf()['frame-src']).toContain('https://hcaptcha.com');
  expect(policyOf('api')['frame-src']).toBe("'self'");
  const { 'connect-src': reach, 'frame-src': frames, 'worker-src': workers } = policyOf('work');
  expect([reach, frames, workers]).toEqual(["'self'", "'self'", undefined]);
});
