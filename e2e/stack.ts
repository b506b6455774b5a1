import { readFileSync } from 'node:fs';
import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type { Stack } from '../stack/stack';

/** What a spec may name before there is a stack: files are listed first, and then it is started. */
const NOT_STARTED = { portals: {}, keycloak: {}, mail: {}, captcha: {}, product: {} };

/** The running stack, as global set-up left it. */
export const stack = JSON.parse(process.env.E2E_STACK ?? JSON.stringify(NOT_STARTED)) as Omit<Stack, 'stop'>;

/** The realm whose pages and mails have Keycloak's own look; the portal `changes` is its. */
export const STOCK_REALM = 'changes';

/** @returns the address of one of the portals */
export function portal(name: string): string {
  const found = stack.portals[name];
  if (found === undefined) throw new Error(`No portal named ${name}`);
  return found.url;
}

/** @returns the admin API of the stack's Keycloak, signed in as its administrator; calls name the realm */
export async function realmAdmin(): Promise<KeycloakAdminClient> {
  const { url, adminUsername, adminPassword } = stack.keycloak;
  const admin = new KeycloakAdminClient({ baseUrl: url });
  await admin.auth({ grantType: 'password', clientId: 'admin-cli', username: adminUsername, password: adminPassword });
  return admin;
}

/**
 * What a portal has written into its log, as objects.
 * @param name of the portal
 * @param from characters to leave out at the beginning
 */
export function logOf(name: string, from = 0): Record<string, unknown>[] {
  const { log } = stack.portals[name] ?? { log: '' };
  return readFileSync(log, 'utf8')
    .slice(from)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/**
 * Has a portal read its realm anew, at once.
 * @param portalName one of the stack's portals that has the stack's refresh token
 * @returns the portal's answer: 200, or 503 when the realm can't be read
 */
export function refreshRealm(portalName: string): Promise<Response> {
  return fetch(`${portal(portalName)}/api/realm/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.refreshToken}` },
  });
}
