import { readFileSync } from 'node:fs';
import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type { Stack } from '../stack/stack';
import type { FaultPorts } from './faults/world';

/** What a spec may name before there is a stack: files are listed first, and then it is started. */
const NOT_STARTED = {
  portals: {},
  keycloak: {},
  mail: {},
  captcha: {},
  product: {},
  developers: {},
  host: {},
  seeing: {},
  redis: {},
  faultPorts: {},
};

/** What workers know of the stack. */
export type RunningStack = Omit<Stack, 'stop' | 'servers'> & {
  /** Where the portal `cut-off` looks for its Keycloak. */
  readonly relayPort: number;
  /** The Redis of the portals `shared`, and where they look for it. */
  readonly redis: { readonly port: number; readonly relayPort: number };
  /** Where the portals of the fault table look for their servers; a spec opens the ways. */
  readonly faultPorts: FaultPorts;
  /** Where the portal `secure` is reached by https, once a test has opened it. */
  readonly tlsPort: number;
  /** Where the portal `framed` may be shown in a frame; a spec starts a server there. */
  readonly host: { readonly url: string; readonly port: number };
  /** Where the portal `seeing` sends its audit events and traces; a spec listens there. */
  readonly seeing: { readonly port: number };
  /** Where the portal `rules` reads disposable domains from. */
  readonly disposableFile: string;
};

/** The running stack, as global set-up left it. */
export const stack = JSON.parse(process.env.E2E_STACK ?? JSON.stringify(NOT_STARTED)) as RunningStack;

/** The realm whose pages and mails have Keycloak's own look; the portal `changes` is its. */
export const STOCK_REALM = 'changes';

/** Where the portal `secure` has browsers report to; nobody is there. */
export const CSP_REPORTS = 'https://reports.example.com/csp?portal=secure';

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

/** What a portal's log has said so far of one event, or of all. */
type PortalLog = (event?: string) => Record<string, unknown>[];

const readLog = (name: string) => readFileSync(stack.portals[name]?.log ?? '');

/**
 * A portal's log. The portal writes it in its own time, though in order: what has to be there is polled for, and what must
 * not be there is looked for once a later line has come.
 * @param name of the portal
 * @param start bytes to leave out at the beginning
 */
export function logOf(name: string, start = 0): PortalLog {
  return (event) => {
    const written = readLog(name).subarray(start).toString();
    return (
      written
        // The last line may be half written.
        .slice(0, written.lastIndexOf('\n') + 1)
        .split('\n')
        // What Next says itself is plain text.
        .filter((line) => line.startsWith('{'))
        .map((line): Record<string, unknown> => JSON.parse(line))
        .filter((line) => event === undefined || line.event === event)
    );
  };
}

/** The same, without what has been said before. */
export function logFromNow(name: string): PortalLog {
  return logOf(name, readLog(name).lastIndexOf('\n') + 1);
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

/**
 * Has the mail server take mails, refuse each one, or take the connection and never answer.
 * @param mode from now on; a test puts `accept` back
 */
export async function mailServer(mode: 'accept' | 'refuse' | 'hang'): Promise<void> {
  await fetch(`${stack.mail.url}/api/behaviour`, { method: 'PUT', body: JSON.stringify({ mode }) });
}
