import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';

/** Calls of the admin API that name their path: some of the bench's have no method in the client library. */
export interface RealmApi {
  get<Answer>(path: string): Promise<Answer>;
  /** @returns the status; what is worth telling of a refusal is in the body, and the id of what was made in `made` */
  send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    locale?: string,
  ): Promise<{ status: number; body: string; made: string | undefined }>;
  /** @throws Error where Keycloak does not take it */
  must(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void>;
}

/**
 * The admin API of one realm.
 * @param admin signed in; renews its token itself
 * @param realm the realm's name
 */
export function realmApi(admin: KeycloakAdminClient, realm: string): RealmApi {
  const call = async (method: string, path: string, body?: unknown, locale = 'en') => {
    const response = await fetch(`${admin.baseUrl}/admin/realms/${realm}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await admin.getAccessToken()}`,
        'content-type': 'application/json',
        'accept-language': locale,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const made = response.headers.get('location')?.split('/').at(-1);
    return { status: response.status, body: await response.text(), made };
  };
  return {
    send: call,
    async get(path) {
      const { status, body } = await call('GET', path);
      if (status !== 200) throw new Error(`GET ${path}: HTTP ${status} ${body}`);
      return JSON.parse(body);
    },
    async must(method, path, body) {
      const answer = await call(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: HTTP ${answer.status} ${answer.body}`);
    },
  };
}
