import { createHash } from 'node:crypto';
import type { RealmApi } from '../parity/keycloak';
import { readPage } from '../parity/page';
import type { FoundUser } from './accounts';
import { asReceived, type Part } from './post';

/** Keycloak's own registration page of a realm, as a second judge of what the portal has taken. */
export interface HostedJudge {
  /** @returns whether the hosted page takes these values; the account that it makes is removed */
  takes(user: FoundUser, parts: readonly Part[]): Promise<boolean>;
  close(): Promise<void>;
}

const challenge = createHash('sha256').update('x'.repeat(43)).digest('base64url');

/**
 * Opens the hosted page of a realm whose operator has closed it; `close` closes it again.
 * @param realmUrl address of the realm
 * @param portalUrl whose callback the client `portal` has
 */
export async function openHosted(api: RealmApi, realmUrl: string, portalUrl: string): Promise<HostedJudge> {
  await api.must('PUT', '', { registrationAllowed: true });
  const query = (clientId: string) =>
    new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: `${portalUrl}/api/auth/callback/keycloak`,
      scope: 'openid',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      kc_locale: 'en',
    });
  return {
    async takes(user, parts) {
      await api.must('DELETE', `/users/${user.id}`);
      const opened = await fetch(`${realmUrl}/protocol/openid-connect/registrations?${query('portal')}`);
      const page = readPage(await opened.text(), 'kc-register-form');
      if (page.action === undefined) throw new Error(`The hosted page answered ${opened.status} without a form`);
      const names = new Set(page.controls.map(({ name }) => name));
      const own = page.controls.filter(({ type }) => type === 'hidden').map(({ name, value }) => [name, value]);
      const typed = parts.filter(({ name, file }) => names.has(name) && file === undefined);
      const entries = typed.map(({ name, value }) => [name, asReceived(value)]);
      const response = await fetch(page.action, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          cookie: opened.headers
            .getSetCookie()
            .map((one) => one.split(';')[0])
            .join('; '),
        },
        body: new URLSearchParams([...own.filter(([name]) => !typed.some((part) => part.name === name)), ...entries]),
      });
      await response.body?.cancel();
      for (const key of ['email', 'username'] as const) {
        const value = user[key];
        if (value === undefined) continue;
        const made = await api.get<{ id: string }[]>(`/users?exact=true&${new URLSearchParams({ [key]: value })}`);
        for (const { id } of made) await api.send('DELETE', `/users/${id}`);
      }
      return response.status === 302;
    },
    close: () => api.must('PUT', '', { registrationAllowed: false }),
  };
}
