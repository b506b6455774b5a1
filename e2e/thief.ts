import { SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { serviceToken } from './service-token';
import { type realmAdmin, stack } from './stack';
import { newAddress } from './visitor';

/** Somebody who has got hold of a portal's secret, and knows Keycloak's admin API. */
export class Thief {
  readonly #address: string;
  readonly #token: string;

  private constructor(address: string, token: string) {
    this.#address = address;
    this.#token = token;
  }

  /**
   * Signs in with the secret of `portal-admin`, as the portal does (client credentials, RFC 6749, 4.4).
   * @param admin who looks the secret up
   * @param realm whose portal it is
   */
  static async of(admin: Awaited<ReturnType<typeof realmAdmin>>, realm: string): Promise<Thief> {
    const [client] = await admin.clients.find({ realm, clientId: 'portal-admin' });
    const token = await serviceToken(stack.keycloak.url, realm, client?.secret ?? '');
    return new Thief(`${stack.keycloak.url}/admin/realms/${realm}`, token);
  }

  #call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    return fetch(path === '' ? this.#address : `${this.#address}/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /**
   * @param path below the realm's address of the admin API
   * @returns HTTP status
   */
  async status(method: string, path: string, body?: unknown): Promise<number> {
    return (await this.#call(method, path, body)).status;
  }

  /** @returns the parsed answer */
  async body(method: string, path: string): Promise<unknown> {
    return (await this.#call(method, path)).json();
  }

  /**
   * Makes an account in the group of sign-ups.
   * @param more goes before what is said otherwise
   */
  async makeAccount(more: object = {}): Promise<{ status: number; email: string; id: string }> {
    const email = newAddress();
    const names = { username: email.split('@')[0], email, firstName: 'Ada', lastName: 'Harbour' };
    const user = { ...names, enabled: true, attributes: { country: ['DE'] }, groups: [SIGN_UP_GROUP_PATH], ...more };
    const { status, headers } = await this.#call('POST', 'users', user);
    return { status, email, id: headers.get('location')?.split('/').at(-1) ?? '' };
  }
}
