import { decodeJwt } from 'jose';
import { z } from 'zod';
import { reasonOf } from './change-log';
import { ADMIN_CLIENT } from './portal-clients';
import type { NeededRole } from './roles';

const answerSchema = z.object({ access_token: z.string() });
const rolesSchema = z.array(z.string()).default([]);
const claimsSchema = z.object({
  realm_access: z.object({ roles: rolesSchema }).optional(),
  resource_access: z.record(z.string(), z.object({ roles: rolesSchema })).default({}),
});

/**
 * Compares the roles of a token with those that are needed.
 * @param claims the claims of an access token of the service account
 * @returns one line: what it carries, and what is too much or missing
 */
export function describeRoles(claims: unknown, needed: readonly NeededRole[]): string {
  const { realm_access, resource_access } = claimsSchema.parse(claims);
  const ofClients = Object.entries(resource_access).flatMap(([client, { roles }]) =>
    roles.map((role) => (client === 'realm-management' ? role : `${client}/${role}`)),
  );
  const carried = [...ofClients, ...(realm_access?.roles ?? []).map((role) => `realm role ${role}`)].sort();
  const names = needed.map(({ name }) => name);
  const missing = names.filter((name) => !carried.includes(name));
  const extra = carried.filter((role) => !names.includes(role));
  const list = `the token of ${ADMIN_CLIENT} carries ${carried.join(', ') || 'no role'}`;
  const faults = [
    ...(missing.length > 0 ? [`${missing.join(', ')} missing (does the client have the default scope "roles"?)`] : []),
    ...(extra.length > 0 ? [`${extra.join(', ')} more than needed`] : []),
  ];
  return faults.length > 0 ? `${list}: ${faults.join('; ')}` : list;
}

/**
 * Gets a token the way the portal does (client credentials, RFC 6749 section 4.4) and says what it may do.
 * @param baseUrl address of Keycloak without a trailing slash
 * @param secret secret of `portal-admin`
 * @returns one line, also where the token is refused
 */
export async function describeToken(
  baseUrl: string,
  realm: string,
  secret: string,
  needed: readonly NeededRole[],
): Promise<string> {
  try {
    const answer = await fetch(`${baseUrl}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ADMIN_CLIENT, client_secret: secret }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) return `${ADMIN_CLIENT} gets no token: Keycloak answered ${answer.status}`;
    return describeRoles(decodeJwt(answerSchema.parse(await answer.json()).access_token), needed);
  } catch (error) {
    return `the token of ${ADMIN_CLIENT} could not be looked at: ${reasonOf(error)}`;
  }
}
