import { vi } from 'vitest';

/** The variables without which no portal starts; `vi.unstubAllEnvs()` takes them away again. */
export function stubPortalEnv(more: Readonly<Record<string, string>> = {}): void {
  const least = {
    PORTAL_URL: 'https://signup.example.com',
    PORTAL_SECRET: 'x'.repeat(32),
    KEYCLOAK_URL: 'https://sso.example.com',
    KEYCLOAK_REALM: 'shop',
    KEYCLOAK_CLIENT_SECRET: 'x',
    KEYCLOAK_ADMIN_CLIENT_SECRET: 'x',
    CAPTCHA: 'none',
  };
  for (const [name, value] of Object.entries({ ...least, ...more })) vi.stubEnv(name, value);
}
